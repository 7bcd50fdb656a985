<?php

// ok: tls_verification_disabled.php.options
return ['ssl' => ['verify_peer' => true, 'allow_self_signed' => false]];
