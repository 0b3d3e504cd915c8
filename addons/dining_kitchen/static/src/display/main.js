import { whenReady } from "@odoo/owl";
import { mountComponent } from "@web/env";
import { DisplayApp } from "./app";

whenReady(() => mountComponent(DisplayApp, document.body));
