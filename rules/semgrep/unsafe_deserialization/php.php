<?php

class CardBasket
{
    public function read()
    {
        // ruleid: unsafe_deserialization.php
        $basket = unserialize(base64_decode($_COOKIE['basket']));
        // ok: unsafe_deserialization.php
        $basket = unserialize($_COOKIE['basket'], ['allowed_classes' => false]);
        // ok: unsafe_deserialization.php
        $basket = json_decode($_COOKIE['basket'], true);
        // ok: unsafe_deserialization.php
        $basket = unserialize($this->cache->read());
    }
}
