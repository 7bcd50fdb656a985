<?php

// ruleid: insecure_cookie.php.session
setcookie('session_id', $id);
// ruleid: insecure_cookie.php.session
setcookie('auth_token', $token, 0, '/', '', false, true);
// ok: insecure_cookie.php.session
setcookie('auth_token', $token, 0, '/', '', true, true);
// ok: insecure_cookie.php.session
setcookie('auth_token', $token, ['secure' => true, 'httponly' => true]);
// ok: insecure_cookie.php.session
setcookie('theme', 'dark');
// ruleid: insecure_cookie.php.off
ini_set('session.cookie_httponly', 0);
// ruleid: insecure_cookie.php.off
session_set_cookie_params(['secure' => false, 'httponly' => true]);
// ok: insecure_cookie.php.off
ini_set('session.cookie_secure', 1);
// ruleid: insecure_cookie.php.session
setcookie('auth_token', $token, ['httponly' => true, 'samesite' => 'Lax']);
// ok: insecure_cookie.php.session
setcookie('auth_token', $token, ['samesite' => 'Lax', ...$protected]);
// ok: insecure_cookie.php.session
setcookie('auth_token', $token, $options);
// ruleid: insecure_cookie.php.session
setcookie('auth_token', $token, time() + 3600);
