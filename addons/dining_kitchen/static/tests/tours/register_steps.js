import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";

// The register's first start compiles its assets, which takes long on a busy machine.
export const start = Chrome.startPoS().map((step) => ({ timeout: 60000, ...step }));
export const line = (name) => `.order-container .orderline:has(.product-name:contains("${name}"))`;
export const send = {
    content: "send to the kitchen",
    trigger: ".actionpad .submit-order",
    run: "click",
};
export const chooseReason = (reason) => ({
    content: `because: ${reason}`,
    trigger: `.modal .selection-item:contains("${reason}")`,
    run: "click",
});
