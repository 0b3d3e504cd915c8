from . import dining_menu_source  # the others inherit from it

# isort: split
from . import (
    account_tax,
    dining_allergen,
    dining_dish_hours,
    dining_dish_stock,
    dining_menu_version,
    pos_category,
    pos_config,
    product_attribute,
    product_attribute_value,
    product_combo,
    product_combo_item,
    product_product,
    product_tag,
    product_template,
    product_template_attribute_line,
    product_template_attribute_value,
)
