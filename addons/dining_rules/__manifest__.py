{
    "name": "Diancan Rules",
    "summary": "Pricing, routing and layout rules as pure Python",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "Diancan contributors",
    "depends": ["base"],
}
