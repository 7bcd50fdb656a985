<?php

class Camera
{
    public function move(int $pan, int $tilt): void
    {
        // ok: pan_logged.php
        error_log("pan $pan tilt $tilt");
        // ok: pan_logged.php
        $this->logger->info('moved', ['pan' => $this->pan]);
    }
}
