namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: jwt_not_verified.csharp.off
        var p = new TokenValidationParameters { ValidateIssuerSigningKey = false, ValidateIssuer = true };
        // ruleid: jwt_not_verified.csharp.off
        p.RequireSignedTokens = false;
        // ruleid: jwt_not_verified.csharp.validator
        p.SignatureValidator = (t, v) => new JwtSecurityToken(t);
        // ruleid: jwt_not_verified.csharp.unsigned
        var a = SecurityAlgorithms.None;
        // ruleid: jwt_not_verified.csharp.read
        var t = handler.ReadJwtToken(token);
        // ok: jwt_not_verified.csharp.off
        var q = new TokenValidationParameters { ValidateLifetime = true };
        // ok: jwt_not_verified.csharp.validator
        p.LifetimeValidator = Check;
        // ok: jwt_not_verified.csharp.unsigned
        var b = SecurityAlgorithms.HmacSha256;
        }

        private void Good(string token)
        {
            handler.ValidateToken(token, parameters, out var validated);
            // ok: jwt_not_verified.csharp.read
            var jwt = handler.ReadJwtToken(token);
    }
}

public class Refresh
{
    public ClaimsPrincipal GetPrincipalFromExpiredToken(string token)
    {
        // ok: jwt_not_verified.csharp.off
        var parameters = new TokenValidationParameters { ValidateLifetime = false, IssuerSigningKey = key };
        return handler.ValidateToken(token, parameters, out _);
    }
}
