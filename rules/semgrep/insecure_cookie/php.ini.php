<?php

ini_set('session.cookie_secure', '1');
// ok: insecure_cookie.php.settings
session_set_cookie_params(['httponly' => true, 'samesite' => 'Strict']);
