using Xunit;

// Passwords of tests open nothing.
public class GatewayTests
{
    // ok: hard_coded_credential.csharp.variable
    private const string Password = "S3cure!Pa55x";

    [Fact]
    public void Charges()
    {
        // ok: hard_coded_credential.csharp.login
        var credential = new NetworkCredential("user", "Xk29fjQ!slw0");
    }
}
