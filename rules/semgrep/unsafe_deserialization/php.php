<?php

class CardBasket
{
    public function read()
    {
        // ruleid: unsafe_deserialization.php
        $basket = unserialize(base64_decode($_COOKIE['card_basket']));
        // ok: unsafe_deserialization.php
        $basket = unserialize($_COOKIE['card_basket'], ['allowed_classes' => false]);
        // ok: unsafe_deserialization.php
        $basket = json_decode($_COOKIE['card_basket'], true);
        // ok: unsafe_deserialization.php
        $basket = unserialize($this->cache->read());
    }
}
