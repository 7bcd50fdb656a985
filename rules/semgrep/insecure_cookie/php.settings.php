<?php

// ruleid: insecure_cookie.php.settings
session_set_cookie_params(['lifetime' => 0, 'httponly' => true, 'samesite' => 'Strict']);
// ruleid: insecure_cookie.php.settings
session_set_cookie_params(0, '/');
// ruleid: insecure_cookie.php.settings
session_start(['cookie_httponly' => true]);
// ok: insecure_cookie.php.settings
session_set_cookie_params(['secure' => $https, 'httponly' => true]);
// ok: insecure_cookie.php.settings
session_set_cookie_params(0, '/', '', true, true);
// ok: insecure_cookie.php.settings
session_set_cookie_params($options);
// ok: insecure_cookie.php.settings
session_start(['read_and_close' => true]);
// ok: insecure_cookie.php.settings
session_start();
// ok: insecure_cookie.php.settings
session_start(['cookie_secure' => true, 'cookie_httponly' => true]);
