/** Written by scripts/types.mjs from addons/dining_api/openapi.json. */

export interface paths {
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in with WeChat's code */
        post: operations["auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the token useless */
        post: operations["auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{dish_id}/{file_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A dish's picture; its address changes with the picture */
        get: operations["stores_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/member": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who this phone's member is */
        get: operations["member_show"];
        put?: never;
        /** Become a member, with a consent */
        post: operations["member_join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders of the tables one sat at */
        get: operations["orders_index"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order; 304 while ?rev= is current */
        get: operations["orders_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/lines/{line_id}/rush": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the kitchen to hurry with a dish, at most once in five minutes */
        post: operations["orders_rush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to pay what is due by WeChat Pay */
        post: operations["payments_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/wallet-payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay what is due, or a part of it, with stored value */
        post: operations["wallet_pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/wallet-quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What paying with stored value would come to; nothing is changed */
        post: operations["wallet_quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{payment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a payment stands */
        get: operations["payments_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{payment_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a payment that was begun */
        post: operations["payments_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a table code (?scene=) leads */
        get: operations["tables_scan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stores, for the home page */
        get: operations["stores_index"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is left of limited dishes */
        get: operations["stores_availability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/menu": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A store's menu; send If-None-Match to hear only of changes */
        get: operations["stores_menu"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/table-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join the table whose code was scanned */
        post: operations["tables_join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/table-sessions/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The table as the phone shows it; 304 while ?rev= is current */
        get: operations["tables_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/table-sessions/{token}/allergies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what one must not eat, for this visit */
        post: operations["tables_allergies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/table-sessions/{token}/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a dish into the table's cart */
        post: operations["tables_cart_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/table-sessions/{token}/cart/{line_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** More or fewer of a line in the cart */
        post: operations["tables_cart_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/table-sessions/{token}/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submit the cart as a round */
        post: operations["tables_place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topup-offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be topped up */
        get: operations["topups_offers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to top up by WeChat Pay */
        post: operations["topups_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topups/{topup_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a top-up stands */
        get: operations["topups_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topups/{topup_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a top-up that was begun */
        post: operations["topups_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The member's stored value and its latest entries */
        get: operations["wallet_show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a payment PIN, or another one */
        post: operations["wallet_set_pin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The member's signed statement */
        get: operations["wallet_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet/statement-view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A month (?month=2026-11) of the statement, or all of it, to look at */
        get: operations["wallet_statement_view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet/statement.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The statement, or a month (?month=2026-11), as a page, in a PDF that carries all of it */
        get: operations["wallet_statement_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AllergenOut
         * @description What a guest may have to avoid; dishes and guests name it by its code.
         */
        AllergenOut: {
            /** Code */
            code: string;
            name: components["schemas"]["Text"];
            /**
             * Retired
             * @description no longer on the list: not offered, and named only to whom it makes ill
             * @default false
             */
            retired: boolean;
        };
        /**
         * AllergiesIn
         * @description What a guest must not eat, all of it: what is left out is eaten again.
         */
        AllergiesIn: {
            /**
             * After
             * @description allergies_rev of the table as it was shown; where it is another one by now, nothing is changed
             */
            after: number;
            /**
             * Allergens
             * @description codes of the menu's allergens
             */
            allergens: string[];
        };
        /**
         * AvailabilityOut
         * @description Dishes that are limited today: 0 is sold out, a dish not named is not limited.
         */
        AvailabilityOut: {
            /**
             * Remaining
             * @description dish id → portions left
             */
            remaining: {
                [key: string]: number;
            };
        };
        /**
         * CartChangeIn
         * @description More or fewer of a line that is in the cart.
         */
        CartChangeIn: {
            /** Delta */
            delta: number;
        };
        /**
         * CartEntryOut
         * @description The write as recorded; the same for every repeat of its Idempotency-Key.
         */
        CartEntryOut: {
            /** Delta */
            delta: number;
            /** Key */
            key: string;
        };
        /**
         * CartLineIn
         * @description A dish for the shared cart. What it costs is the server's to say.
         */
        CartLineIn: {
            /**
             * Components
             * @default []
             */
            components: components["schemas"]["ComponentIn"][];
            /** Dish Id */
            dish_id: number;
            /**
             * Key
             * Format: uuid
             * @description names the new line; made by the client
             */
            key: string;
            /**
             * Note
             * @description 忌口 and wishes
             * @default
             */
            note: string;
            /**
             * Option Ids
             * @default []
             */
            option_ids: number[];
            /**
             * Quantity
             * @description from 1 to the dish's max_quantity
             */
            quantity: number;
            /**
             * Rush
             * @description 加急
             * @default false
             */
            rush: boolean;
        };
        /** CartLineOut */
        CartLineOut: {
            /**
             * Allergens
             * @description codes of what it contains as it was chosen
             */
            allergens: string[];
            /**
             * Amount Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            amount_fen: number;
            /** Components */
            components: components["schemas"]["ComponentOut"][];
            /** Dish Id */
            dish_id: number;
            /** Key */
            key: string;
            name: components["schemas"]["Text"];
            /** Note */
            note: string;
            /** Option Ids */
            option_ids: number[];
            /** Options */
            options: components["schemas"]["Text"][];
            /**
             * @description why it cannot be ordered as it is
             * @default null
             */
            problem: components["schemas"]["Error"] | null;
            /** Quantity */
            quantity: number;
            /** Rush */
            rush: boolean;
            /**
             * Seat
             * @description the guest who added it
             */
            seat: number;
            /**
             * Unit Price Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            unit_price_fen: number;
        };
        /** CartOut */
        CartOut: {
            /** Lines */
            lines: components["schemas"]["CartLineOut"][];
            /** Quantity */
            quantity: number;
            /**
             * Total Fen
             * @description of the lines that can be ordered, without charges
             */
            total_fen: number;
        };
        /** CategoryOut */
        CategoryOut: {
            /** Dish Ids */
            dish_ids: number[];
            /** Id */
            id: number;
            name: components["schemas"]["Text"];
        };
        /**
         * ChargeOut
         * @description Seat charge (茶位费), service charge (服务费), or what the bonus of stored value took off (赠金抵扣).
         */
        ChargeOut: {
            /**
             * Amount Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            amount_fen: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "seat" | "service" | "bonus";
            name: components["schemas"]["Text"];
            /** Quantity */
            quantity: number;
        };
        /**
         * ComponentIn
         * @description What was taken for one part of a set meal.
         */
        ComponentIn: {
            /** Choice Id */
            choice_id: number;
            /**
             * Option Ids
             * @default []
             */
            option_ids: number[];
        };
        /** ComponentOut */
        ComponentOut: {
            /** Choice Id */
            choice_id: number;
            name: components["schemas"]["Text"];
            /** Options */
            options: components["schemas"]["Text"][];
        };
        /** DishOut */
        DishOut: {
            /**
             * Allergens
             * @description codes; of a set meal all that its choices may contain
             */
            allergens?: string[];
            /** @default null */
            description: components["schemas"]["Text"] | null;
            /** Groups */
            groups?: components["schemas"]["OptionGroupOut"][];
            /**
             * Hours
             * @description empty: always
             */
            hours?: components["schemas"]["HoursOut"][];
            /** Id */
            id: number;
            /**
             * Image
             * @description path on the API's host
             * @default null
             */
            image: string | null;
            /**
             * Max Quantity
             * @description most of this dish in one line
             */
            max_quantity: number;
            name: components["schemas"]["Text"];
            /**
             * Price Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            price_fen: number;
            /**
             * Serves
             * @description suggested number of diners
             * @default null
             */
            serves: number | null;
            /**
             * Sets
             * @description not empty: a set meal
             */
            sets?: components["schemas"]["SetGroupOut"][];
            /**
             * Spicy
             * @default 0
             */
            spicy: number;
            /** Tags */
            tags?: components["schemas"]["Text"][];
        };
        /**
         * Done
         * @description The write was made and there is nothing more to say.
         */
        Done: {
            /**
             * Done
             * @default true
             */
            done: boolean;
        };
        /**
         * EntryAboutOut
         * @description What an entry was for, as far as it is known.
         */
        EntryAboutOut: {
            /** @description of a top-up */
            offer: components["schemas"]["Text"] | null;
            /**
             * Order
             * @description its number; empty where it was no order
             */
            order: string;
            store: components["schemas"]["Text"] | null;
            /**
             * Table
             * @description its name, may be empty
             */
            table: string;
        };
        /**
         * Error
         * @description A refusal: a stable code, a message for a person and facts about it.
         */
        Error: {
            /** Code */
            code: string;
            /** Data */
            data?: {
                [key: string]: unknown;
            };
            message: components["schemas"]["Text"];
        };
        /**
         * GuestOut
         * @description A phone at the table. No name or number is asked for: a seat and a picture will do.
         */
        GuestOut: {
            /**
             * Allergens
             * @description codes of what the guest must not eat
             */
            allergens: string[];
            /** Emoji */
            emoji: string;
            name: components["schemas"]["Text"];
            /** Seat */
            seat: number;
        };
        /**
         * HoursOut
         * @description When a dish is sold, in the store's own time zone.
         */
        HoursOut: {
            /**
             * End
             * @description HH:MM, 24:00 for midnight
             */
            end: string;
            /**
             * Start
             * @description HH:MM
             */
            start: string;
            /**
             * Weekdays
             * @description 0 is Monday
             */
            weekdays: number[];
        };
        /** JoinIn */
        JoinIn: {
            /**
             * Guests
             * @description how many sit down; the first to join tells
             * @default null
             */
            guests: number | null;
            /** Scene */
            scene: string;
        };
        /** LoginIn */
        LoginIn: {
            /** Appid */
            appid: string;
            /**
             * Code
             * @description from wx.login
             */
            code: string;
        };
        /** LoginOut */
        LoginOut: {
            /**
             * Expires At
             * @description ISO 8601, UTC
             */
            expires_at: string;
            /**
             * Token
             * @description send as Authorization: Bearer
             */
            token: string;
        };
        /**
         * MemberIn
         * @description Join, with one tap.
         */
        MemberIn: {
            /**
             * Consent Version
             * @description of the text that was shown and agreed to
             */
            consent_version: string;
        };
        /**
         * MemberOut
         * @description Whoever has this phone; all but the text's version is empty where they have not joined.
         */
        MemberOut: {
            /**
             * Code
             * @description 16 digits; the register scans them as a QR code
             */
            code: string;
            /**
             * Code Picture
             * @description the code as QR, a data URI of a PNG
             */
            code_picture: string;
            /**
             * Consent Version
             * @description of the text to show before joining
             */
            consent_version: string;
            /** Is Member */
            is_member: boolean;
            /**
             * Joined At
             * @description ISO 8601, UTC
             */
            joined_at: string | null;
            /** Name */
            name: string;
        };
        /**
         * MenuOut
         * @description A store's menu at one version; never changes for that version.
         */
        MenuOut: {
            /**
             * Allergens
             * @description that this store knows or knew, in its order
             */
            allergens?: components["schemas"]["AllergenOut"][];
            /** Categories */
            categories: components["schemas"]["CategoryOut"][];
            /** Dishes */
            dishes: components["schemas"]["DishOut"][];
            store: components["schemas"]["MenuStore"];
            /** Version */
            version: number;
        };
        /** MenuStore */
        MenuStore: {
            /** Id */
            id: number;
            name: components["schemas"]["Text"];
            /**
             * Seat Charge Fen
             * @description per guest; 0 for none
             */
            seat_charge_fen: number;
            /**
             * Service Charge Permille
             * @description of the dishes' total; 0 for none
             */
            service_charge_permille: number;
        };
        /**
         * OptionGroupOut
         * @description Options of one kind: 规格 size, 做法 method, 加料 extra.
         */
        OptionGroupOut: {
            /** Id */
            id: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "size" | "method" | "extra";
            /** Max */
            max: number;
            /**
             * Min
             * @description 0 when the group may be left out
             */
            min: number;
            name: components["schemas"]["Text"];
            /** Options */
            options: components["schemas"]["OptionOut"][];
        };
        /** OptionOut */
        OptionOut: {
            /**
             * Allergens
             * @description codes; in the dish when this is chosen
             */
            allergens?: string[];
            /** Id */
            id: number;
            name: components["schemas"]["Text"];
            /**
             * Price Fen
             * @description added to the dish's price; may be negative
             */
            price_fen: number;
        };
        /** OrderLineOut */
        OrderLineOut: {
            /**
             * Allergens
             * @description codes of what it contains as it was chosen, parts of a set included
             */
            allergens: string[];
            /**
             * Amount Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            amount_fen: number;
            /**
             * Can Rush
             * @description the kitchen may be asked to hurry with it now
             */
            can_rush: boolean;
            /** Dish Id */
            dish_id: number;
            /** Id */
            id: string;
            name: components["schemas"]["Text"];
            /** Note */
            note: string;
            /** Options */
            options: components["schemas"]["Text"][];
            /** Parts */
            parts: components["schemas"]["OrderPartOut"][];
            /** Quantity */
            quantity: number;
            /** Rush */
            rush: boolean;
            /**
             * Seat
             * @description the guest who added it; null for staff
             */
            seat: number | null;
            /**
             * State
             * @enum {string}
             */
            state: "waiting" | "ordered" | "held" | "fired" | "printed" | "started" | "ready" | "served" | "voided";
            /** @description null where there is too little to go by */
            wait: components["schemas"]["WaitOut"] | null;
        };
        /** OrderOut */
        OrderOut: {
            /** Charges */
            charges: components["schemas"]["ChargeOut"][];
            /**
             * Due Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            due_fen: number;
            /**
             * Id
             * @description the order's uuid
             */
            id: string;
            /**
             * Number
             * @description what staff and diners call it
             */
            number: string;
            /**
             * Paid Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            paid_fen: number;
            /**
             * Payable
             * @description the diner may pay it in the mini-program now
             */
            payable: boolean;
            /** Payments */
            payments: components["schemas"]["OrderPaymentOut"][];
            /** Placed At */
            placed_at: string;
            /** Rev */
            rev: string;
            /** Rounds */
            rounds: components["schemas"]["RoundOut"][];
            /**
             * Staff Lines
             * @description dishes added at the register
             */
            staff_lines: components["schemas"]["OrderLineOut"][];
            /**
             * State
             * @enum {string}
             */
            state: "open" | "paid" | "cancelled";
            /** Store Id */
            store_id: number;
            store_name: components["schemas"]["Text"];
            /** Table Name */
            table_name: string;
            /**
             * Tax Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            tax_fen: number;
            /**
             * Total Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            total_fen: number;
        };
        /** OrderPartOut */
        OrderPartOut: {
            name: components["schemas"]["Text"];
            /** Options */
            options: components["schemas"]["Text"][];
        };
        /** OrderPaymentOut */
        OrderPaymentOut: {
            /**
             * Amount Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            amount_fen: number;
            method: components["schemas"]["Text"];
        };
        /** OrderSummary */
        OrderSummary: {
            /** First Dishes */
            first_dishes: components["schemas"]["Text"][];
            /** Id */
            id: string;
            /** Number */
            number: string;
            /** Placed At */
            placed_at: string;
            /** Quantity */
            quantity: number;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "paid" | "cancelled";
            /** Store Id */
            store_id: number;
            store_name: components["schemas"]["Text"];
            /** Table Name */
            table_name: string;
            /**
             * Total Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            total_fen: number;
        };
        /** OrdersOut */
        OrdersOut: {
            /**
             * Orders
             * @description newest first, at most 50
             */
            orders: components["schemas"]["OrderSummary"][];
        };
        /**
         * PayIn
         * @description Pay what is due. The amount is the server's to say.
         */
        PayIn: Record<string, never>;
        /**
         * PayRequest
         * @description What wx.requestPayment takes, signed by the merchant.
         */
        PayRequest: {
            /** Noncestr */
            nonceStr: string;
            /** Package */
            package: string;
            /** Paysign */
            paySign: string;
            /**
             * Signtype
             * @constant
             */
            signType: "RSA";
            /** Timestamp */
            timeStamp: string;
        };
        /** PaymentOut */
        PaymentOut: {
            /**
             * Amount Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            amount_fen: number;
            /** Id */
            id: string;
            /** Order Id */
            order_id: string;
            /** @description null once it is no longer pending */
            request: components["schemas"]["PayRequest"] | null;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "done" | "cancelled" | "failed";
        };
        /**
         * PinIn
         * @description Set a payment PIN, or another one.
         */
        PinIn: {
            /**
             * Code
             * @description that wx.login has just given; it works once
             */
            code: string;
            /**
             * Pin
             * @description payment PIN
             */
            pin: string;
        };
        /**
         * PlaceIn
         * @description Submit the table's cart as one round.
         */
        PlaceIn: {
            /**
             * Clashes Seen
             * @description what is wanted although guests at the table are allergic to it: line → allergen → seats
             * @default {}
             */
            clashes_seen: {
                [key: string]: {
                    [key: string]: number[];
                };
            };
            /**
             * Menu Version
             * @description the version the diner looked at; a changed price is answered, not charged
             */
            menu_version: number;
            /**
             * On Call
             * @description 叫起: the kitchen waits until the staff say so
             * @default false
             */
            on_call: boolean;
        };
        /**
         * PlacedOut
         * @description The round as placed; a repeat of the same Idempotency-Key answers the same round.
         */
        PlacedOut: {
            /**
             * Order Id
             * @description the order's uuid
             */
            order_id: string;
            /** Order Number */
            order_number: string;
            /** Round Number */
            round_number: number;
            /**
             * Round State
             * @enum {string}
             */
            round_state: "waiting" | "confirmed" | "rejected";
        };
        /** RoundOut */
        RoundOut: {
            /** Lines */
            lines: components["schemas"]["OrderLineOut"][];
            /** Number */
            number: number;
            /**
             * Placed At
             * @description ISO 8601, UTC
             */
            placed_at: string;
            /**
             * State
             * @description waiting: staff confirm this table's first round
             * @enum {string}
             */
            state: "waiting" | "confirmed" | "rejected";
        };
        /**
         * RushIn
         * @description Ask the kitchen to hurry (催菜).
         */
        RushIn: Record<string, never>;
        /**
         * RushOut
         * @description The kitchen was told; the same for every repeat of its Idempotency-Key.
         */
        RushOut: {
            /** Line Id */
            line_id: string;
            /**
             * Rushed At
             * @description ISO 8601, UTC
             */
            rushed_at: string;
        };
        /**
         * ScanOut
         * @description Where a scanned table code leads; needs no login.
         */
        ScanOut: {
            /** Floor Name */
            floor_name: string;
            /** Menu Version */
            menu_version: number;
            /**
             * Open
             * @description the store takes orders now
             */
            open: boolean;
            /** Store Id */
            store_id: number;
            store_name: components["schemas"]["Text"];
            /** Table Id */
            table_id: number;
            /** Table Name */
            table_name: string;
        };
        /** SetChoiceOut */
        SetChoiceOut: {
            /**
             * Allergens
             * @description codes; in the part itself
             */
            allergens?: string[];
            /** Dish Id */
            dish_id: number;
            /**
             * Extra Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            extra_fen: number;
            /**
             * Groups
             * @description the part's own options
             */
            groups?: components["schemas"]["OptionGroupOut"][];
            /** Id */
            id: number;
            name: components["schemas"]["Text"];
        };
        /**
         * SetGroupOut
         * @description One part of a set meal: exactly `count` of its choices are taken.
         */
        SetGroupOut: {
            /** Choices */
            choices: components["schemas"]["SetChoiceOut"][];
            /** Count */
            count: number;
            /** Id */
            id: number;
            name: components["schemas"]["Text"];
        };
        /** StatementEntryOut */
        StatementEntryOut: {
            about: components["schemas"]["EntryAboutOut"];
            /**
             * Amount Fen
             * @description principal and bonus, negative where they were taken
             */
            amount_fen: number;
            /**
             * At
             * @description ISO 8601, UTC
             */
            at: string;
            /**
             * Balance Fen
             * @description after it
             */
            balance_fen: number;
            /**
             * Bonus Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            bonus_fen: number;
            /**
             * Digest
             * @description SHA-256 of the entry and of the digest before it
             */
            digest: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "topup" | "spend" | "return" | "refund" | "reversal";
            /**
             * Principal Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            principal_fen: number;
            /** Sequence */
            sequence: number;
        };
        /**
         * StatementOut
         * @description The member's signed statement; `dining_rules/statement.py` says how it is checked.
         */
        StatementOut: {
            /**
             * Signature
             * @description Ed25519 over the statement as canonical JSON
             */
            signature: {
                [key: string]: string;
            };
            /**
             * Statement
             * @description company, member, balances and every entry with its digest
             */
            statement: {
                [key: string]: unknown;
            };
        };
        /**
         * StatementViewOut
         * @description A period of the statement, to look at.
         */
        StatementViewOut: {
            /**
             * Closing Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            closing_fen: number;
            /**
             * Digest
             * @description of the wallet's last entry
             */
            digest: string;
            /**
             * Entries
             * @description the first first, the latest 80 of the period
             */
            entries: components["schemas"]["StatementEntryOut"][];
            /**
             * Fingerprint
             * @description of the company's key that signs the statement
             */
            fingerprint: string;
            /**
             * In Fen
             * @description what was added
             */
            in_fen: number;
            /**
             * Issued At
             * @description ISO 8601, UTC
             */
            issued_at: string;
            /**
             * Left Out
             * @description earlier entries of the period; the PDF has them
             */
            left_out: number;
            /**
             * Month
             * @description such as 2026-11, on China's clock; empty for all
             */
            month: string;
            /**
             * Months
             * @description with entries, the latest first
             */
            months: string[];
            /**
             * Opening Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            opening_fen: number;
            /**
             * Out Fen
             * @description what was taken, negative
             */
            out_fen: number;
        };
        /**
         * StoreOut
         * @description A store as the home page lists it.
         */
        StoreOut: {
            /** Address */
            address: string;
            /** Id */
            id: number;
            name: components["schemas"]["Text"];
            /**
             * Open
             * @description a register session is open, so orders can be placed
             */
            open: boolean;
        };
        /** StoresOut */
        StoresOut: {
            /** Stores */
            stores: components["schemas"]["StoreOut"][];
        };
        /**
         * TableOut
         * @description Everything a phone at the table shows: guests, the cart and the order so far.
         */
        TableOut: {
            /**
             * Allergies Rev
             * @description counts how often this guest has said what they must not eat
             */
            allergies_rev: number;
            cart: components["schemas"]["CartOut"];
            /** Floor Name */
            floor_name: string;
            /** Guest Count */
            guest_count: number;
            /** Guests */
            guests: components["schemas"]["GuestOut"][];
            me: components["schemas"]["GuestOut"];
            /** Menu Version */
            menu_version: number;
            order: components["schemas"]["OrderOut"] | null;
            /** Remaining */
            remaining: {
                [key: string]: number;
            };
            /**
             * Rev
             * @description send back as ?rev= to hear only of changes
             */
            rev: string;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "closed";
            /** Store Id */
            store_id: number;
            /** Table Name */
            table_name: string;
            /**
             * Token
             * @description names this table session in further calls; changes with it
             */
            token: string;
        };
        /**
         * Text
         * @description A text in both languages of the interface.
         */
        Text: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * TopupIn
         * @description Choose an offer; what it costs is the server's to say.
         */
        TopupIn: {
            /** Offer Id */
            offer_id: number;
        };
        /** TopupOfferOut */
        TopupOfferOut: {
            /**
             * Bonus Fen
             * @description given with it
             */
            bonus_fen: number;
            /**
             * Ends At
             * @description ISO 8601, UTC
             */
            ends_at: string | null;
            /** Id */
            id: number;
            name: components["schemas"]["Text"];
            /**
             * Price Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            price_fen: number;
            /** @description why this member cannot take it now */
            refusal: components["schemas"]["Text"] | null;
        };
        /** TopupOffersOut */
        TopupOffersOut: {
            /** Offers */
            offers: components["schemas"]["TopupOfferOut"][];
        };
        /** TopupOut */
        TopupOut: {
            /**
             * Bonus Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            bonus_fen: number;
            /** Id */
            id: string;
            /** Offer */
            offer: string;
            /**
             * Principal Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            principal_fen: number;
            /** @description null once it is no longer pending */
            request: components["schemas"]["PayRequest"] | null;
            /**
             * State
             * @description returned: it was paid, could not be credited, and goes back to the payer
             * @enum {string}
             */
            state: "pending" | "credited" | "cancelled" | "returned";
        };
        /**
         * WaitOut
         * @description How much longer a dish is likely to take, from its station's last half hour and its queue.
         */
        WaitOut: {
            /**
             * High
             * @description minutes
             */
            high: number;
            /**
             * Low
             * @description minutes
             */
            low: number;
        };
        /** WalletEntryOut */
        WalletEntryOut: {
            about: components["schemas"]["EntryAboutOut"];
            /**
             * Amount Fen
             * @description principal and bonus, negative where they were taken
             */
            amount_fen: number;
            /**
             * At
             * @description ISO 8601, UTC
             */
            at: string;
            /**
             * Balance Fen
             * @description after it
             */
            balance_fen: number;
            /**
             * Bonus Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            bonus_fen: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "topup" | "spend" | "return" | "refund" | "reversal";
            /**
             * Principal Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            principal_fen: number;
            /** Reason */
            reason: string;
            /** Sequence */
            sequence: number;
            /** Source */
            source: string;
        };
        /** WalletOut */
        WalletOut: {
            /**
             * Available Fen
             * @description the balance less what is held for orders
             */
            available_fen: number;
            /**
             * Balance Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            balance_fen: number;
            /**
             * Bonus Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            bonus_fen: number;
            /**
             * Confirm Above Fen
             * @description what is paid on one order above it is confirmed; 0: never
             */
            confirm_above_fen: number;
            /**
             * Entries
             * @description newest first, at most 50
             */
            entries: components["schemas"]["WalletEntryOut"][];
            /**
             * Has Pin
             * @description whether the member has set a payment PIN
             */
            has_pin: boolean;
            /**
             * Held Fen
             * @description set aside for orders that are not yet final
             */
            held_fen: number;
            /**
             * Principal Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            principal_fen: number;
        };
        /**
         * WalletPaymentIn
         * @description Pay with stored value.
         */
        WalletPaymentIn: {
            /**
             * Amount Fen
             * @description a part of what is due, such as one's own share; all of it if left out
             * @default null
             */
            amount_fen: number | null;
            /**
             * Code
             * @description where it says wechat
             * @default null
             */
            code: string | null;
            /**
             * Pin
             * @description where the quote's `confirmation` says pin
             * @default null
             */
            pin: string | null;
        };
        /** WalletPaymentOut */
        WalletPaymentOut: {
            /**
             * Amount Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            amount_fen: number;
            /**
             * Balance Fen
             * @description left in the wallet after it
             */
            balance_fen: number;
            /**
             * Bonus Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            bonus_fen: number;
            /**
             * Due Fen
             * @description left to pay on the order
             */
            due_fen: number;
            /** Order Id */
            order_id: string;
            /**
             * Principal Fen
             * @description integer fen, 1/100 yuan, tax included
             */
            principal_fen: number;
        };
        /**
         * WalletQuoteIn
         * @description What is thought of paying with stored value.
         */
        WalletQuoteIn: {
            /**
             * Amount Fen
             * @description a part of what is due; if left out one's share among `people`, or all where they are too
             * @default null
             */
            amount_fen: number | null;
            /**
             * People
             * @description among whom the bill is split
             * @default null
             */
            people: number | null;
        };
        /**
         * WalletQuoteOut
         * @description What a payment with stored value would come to.
         */
        WalletQuoteOut: {
            /**
             * Amount Fen
             * @description that would be taken
             */
            amount_fen: number;
            /**
             * Available Fen
             * @description in the wallet
             */
            available_fen: number;
            /**
             * Confirmation
             * @description what is to be sent with the payment
             * @enum {string}
             */
            confirmation: "none" | "pin" | "wechat";
            /**
             * Due After Fen
             * @description left to pay on the order after it
             */
            due_after_fen: number;
            /**
             * Due Fen
             * @description left to pay on the order now
             */
            due_fen: number;
            /**
             * Payable Fen
             * @description the most that can be paid now: what is due, or what is available
             */
            payable_fen: number;
            /**
             * People
             * @description among whom the bill is split
             */
            people: number;
            /** @description why it cannot be paid so */
            refusal: components["schemas"]["Error"] | null;
            /**
             * Share Fen
             * @description one's own share of the bill, at most what is due
             */
            share_fen: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stores_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dish_id: number;
                file_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    member_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    member_join: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    orders_index: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrdersOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    orders_show: {
        parameters: {
            query?: {
                rev?: string;
            };
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    orders_rush: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                order_id: string;
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RushIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RushOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    payments_create: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    wallet_pay: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WalletPaymentIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletPaymentOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    wallet_quote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WalletQuoteIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletQuoteOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    payments_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    payments_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tables_scan: {
        parameters: {
            query: {
                scene: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stores_index: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoresOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stores_availability: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                store_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stores_menu: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                store_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MenuOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tables_join: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                store_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tables_show: {
        parameters: {
            query?: {
                rev?: string;
            };
            header?: never;
            path: {
                store_id: number;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tables_allergies: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                store_id: number;
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllergiesIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tables_cart_add: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                store_id: number;
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CartLineIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartEntryOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tables_cart_change: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                store_id: number;
                token: string;
                line_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CartChangeIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CartEntryOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tables_place: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                store_id: number;
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    topups_offers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopupOffersOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    topups_create: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopupIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopupOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    topups_show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topup_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopupOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    topups_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topup_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopupOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    wallet_show: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    wallet_set_pin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinIn"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    wallet_statement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    wallet_statement_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementViewOut"];
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    wallet_statement_pdf: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description A refusal; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
