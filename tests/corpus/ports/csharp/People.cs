using System;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Tokens;

namespace Checkout;

/// <summary>Customers and clerks: passwords, tokens, sessions.</summary>
public static class People
{
    public static string Hash(string password)
    {
        return BCrypt.Net.BCrypt.HashPassword(password, workFactor: 12);
    }

    public static byte[] ExportKey(string password, byte[] salt)
    {
        using var derive = new Rfc2898DeriveBytes(password, salt, 600000, HashAlgorithmName.SHA256);
        return derive.GetBytes(32);
    }

    public static void Hasher(PasswordHasherOptions options)
    {
        options.CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3;
        options.IterationCount = 600000;
    }

    public static string WebhookSignature(byte[] key, string text)
    {
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
        return Convert.ToHexString(signature);
    }

    public static TokenValidationParameters Tokens(SecurityKey key)
    {
        var p = new TokenValidationParameters { ValidateIssuerSigningKey = true, ValidateIssuer = true, ValidIssuer = "login" };
        p.IssuerSigningKey = key;
        p.ValidAudience = "checkout";
        p.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];
        return p;
    }

    public static string Algorithm()
    {
        return SecurityAlgorithms.RsaSha256;
    }

    public static string? Subject(JwtSecurityTokenHandler handler, string token, TokenValidationParameters parameters)
    {
        return handler.ValidateToken(token, parameters, out _).Identity?.Name;
    }

    public static void StartSession(HttpResponse response, string id)
    {
        response.Cookies.Append("sessionId", id, new CookieOptions { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict });
    }

    public static void Cookies(CookiePolicyOptions options)
    {
        options.Secure = CookieSecurePolicy.Always;
    }
}
