<?php

// ruleid: jwt_not_verified.php.none
$a = JWT::encode($payload, '', 'none');
// ruleid: jwt_not_verified.php.none
$config = Configuration::forUnsecuredSigner();
// ok: jwt_not_verified.php.none
$b = JWT::decode($token, new Key($key, 'HS256'));

class Tokens
{
    public function read($text)
    {
        $token = $this->config->parser()->parse($text);
        // ruleid: jwt_not_verified.php.parsed
        return $token->claims()->get('sub');
    }

    public function checked($text)
    {
        $token = $this->config->parser()->parse($text);
        $this->config->validator()->assert($token, $this->signedWith);
        // ok: jwt_not_verified.php.parsed
        return $token->claims()->get('sub');
    }
}
