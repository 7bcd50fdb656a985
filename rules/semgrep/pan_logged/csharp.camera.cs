public class CameraControl
{
    public void Move(float pan, float tilt)
    {
        // ok: pan_logged.csharp
        _logger.LogInformation("moving to {Pan}", pan);
        // ok: pan_logged.csharp
        Console.WriteLine($"pan {camera.Pan}");
    }
}
