"""The refusals of the two hosts and of the control plane."""


class PayError(Exception):
    """A refusal of the pay host: HTTP status and ``{code, message, detail}``."""

    def __init__(self, status, code, message, detail=None):
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.body = {"code": code, "message": message}
        if detail is not None:
            self.body["detail"] = detail


def param_error(field, issue, value=None, location="body"):
    """400 PARAM_ERROR that names the field, as the pay host does."""
    detail = {"location": location, "field": field, "issue": issue, "value": value}
    return PayError(400, "PARAM_ERROR", f"参数错误：{field} {issue}", detail)


class ApiError(Exception):
    """A refusal of the mini-program host: HTTP 200 and ``{errcode, errmsg}``."""

    def __init__(self, errcode, errmsg):
        super().__init__(f"{errcode} {errmsg}")
        self.errcode = errcode
        self.errmsg = errmsg


class ControlError(Exception):
    """A refusal of the control plane, in both languages; ``extra`` joins the answer."""

    def __init__(self, status, code, zh, en, **extra):
        super().__init__(f"{status} {code}: {en}")
        self.status = status
        self.body = {"code": code, "message": f"{zh} {en}", **extra}
