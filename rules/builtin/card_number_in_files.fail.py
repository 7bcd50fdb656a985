# A number that belongs to somebody, and numbers processors publish for tests.
customer_card = "{{pan:visa}}"  # expect
payment = {"card_number": "{{pan:mastercard:1:-}}", "expiry": "12/29"}  # expect
amex_pan = {{pan:amex}}  # expect
stripe_test_card = "4242424242424242"  # expect
