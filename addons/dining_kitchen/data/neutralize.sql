-- A copy of a restaurant's database must not print in its kitchen.
UPDATE dining_printer SET active = false;
