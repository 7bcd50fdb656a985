# Digits that are no card: times, ids, masked numbers, a number that fails its check digit.
created_at_ms = 1767225600000
microseconds = 1767225600000000
stamp = "20260101120000"
message_id = 1234567890123456789
masked = "411111******1111"
last4 = "1111"
wrong_check_digit = "4242424242424241"
phone = "+4915112345678"
ratio = 0.4242424242424242
uuid = "42424242-4242-4242-8242-424242424242"
sha = "4242424242424242abcdef4242424242424242ab"
