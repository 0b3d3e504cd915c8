-- A copy of a restaurant's database must not print in its kitchen.
UPDATE dining_printer SET active = false;
UPDATE dining_printer SET cloud_key = NULL;
UPDATE dining_print_agent SET token_hash = NULL, pairing_code = NULL;
-- Nor may a tablet in that kitchen show the copy.
UPDATE dining_display SET access_token = gen_random_uuid()::text;
