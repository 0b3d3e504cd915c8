import * as ChromePos from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as FloorScreen from "@pos_restaurant/../tests/tours/utils/floor_screen_util";
import * as ProductScreen from "@pos_restaurant/../tests/tours/utils/product_screen_util";
import { negate } from "@point_of_sale/../tests/generic_helpers/utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dining_kitchen_courses", {
    steps: () =>
        [
            // The register's first start compiles its assets, which takes long on a busy machine.
            ChromePos.startPoS().map((step) => ({ timeout: 60000, ...step })),
            FloorScreen.clickFloor("一楼"),
            FloorScreen.clickTable("B12"),
            { trigger: '.order-course-name:contains("Course 1")' },
            ProductScreen.selectCourseLine('"Course 2"'),
            { content: "what waits was sent", trigger: negate(".submit-order", ".actionpad") },
            ProductScreen.fireCourseButton(),
            FloorScreen.isShown(),
        ].flat(),
});
