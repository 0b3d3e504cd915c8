"""The demo's company: its country, chart of accounts, languages and people."""

import base64

from odoo.exceptions import UserError
from odoo.fields import Command

from . import PICTURES, name_records, read

CHART = "cn"


def prepare_company(env):
    """Turn the main company into the restaurant's.

    :raises UserError: it has journal entries in another chart; the demo is not for a company that keeps books
    """
    data = read("restaurant")["company"]
    company = env.ref("base.main_company")
    if company.chart_template != CHART and company._existing_accounting():
        raise UserError(env._("The demo restaurant needs a database whose main company has no journal entries yet."))
    for lang in ("zh_CN", "en_US"):
        env["res.lang"]._activate_lang(lang)
    china = env.ref("base.cn")
    company.partner_id.write(
        {
            "name": data["name"],
            "street": data["street"],
            "city": data["city"],
            "zip": data["zip"],
            "country_id": china.id,
            "state_id": env.ref(f"base.state_{data['state']}").id,
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
        }
    )
    currency = env.ref("base.CNY")
    currency.active = True
    if company.chart_template != CHART:
        env["account.chart.template"].try_loading(CHART, company=company, install_demo=False)
    company.currency_id = currency
    company.logo = base64.b64encode((PICTURES / "logo.png").read_bytes())
    return company


def create_users(env, company):
    """The demo's people; each one's password is the login."""
    users = {}
    for login, data in read("restaurant")["users"].items():
        user = env["res.users"].search([("login", "=", login)])
        users[login] = user or env["res.users"].with_context(no_reset_password=True).create(
            {
                "name": data["name"],
                "login": login,
                "password": login,
                "lang": "zh_CN",
                "tz": "Asia/Shanghai",
                "company_id": company.id,
                "action_id": env.ref(data["home"]).id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [
                    Command.set([env.ref("base.group_user").id, *(env.ref(group).id for group in data["groups"])])
                ],
            }
        )
    env.ref("base.user_admin").tz = "Asia/Shanghai"
    name_records(env, "user", users)
    return users
