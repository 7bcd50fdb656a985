<?php

class CardSearch
{
    public function find($db)
    {
        // ruleid: injection.php
        $db->query("SELECT * FROM cards WHERE holder = '" . $_GET['holder'] . "'");
        $sql = "SELECT * FROM cards WHERE id = {$_POST['id']}";
        // ruleid: injection.php
        mysqli_query($db, $sql);
        // ruleid: injection.php
        shell_exec('export-cards ' . $_GET['file']);
        // ok: injection.php
        $db->query('SELECT * FROM cards WHERE id = ' . (int) $_GET['id']);
        // ok: injection.php
        $db->query("SELECT * FROM cards WHERE holder = '" . $db->escape($_GET['holder']) . "'");
        // ok: injection.php
        shell_exec('export-cards ' . escapeshellarg($_GET['file']));
        // ok: injection.php
        $db->query('SELECT * FROM cards');
        $folder = $cfgModules->get($_GET['set'], 'directory');
        // ok: injection.php
        include $folder . basename($_GET['module']) . '.php';
    }
}
