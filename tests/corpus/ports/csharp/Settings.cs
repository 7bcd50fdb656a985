using System;
using System.Net;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;
using Stripe;

namespace Checkout;

/// <summary>What the secret store fills: nothing has a default, and the start fails without it.</summary>
public sealed class Settings
{
    private readonly IConfiguration configuration;

    public Settings(IConfiguration configuration)
    {
        this.configuration = configuration;
        StripeConfiguration.ApiKey = Required("Stripe:Key");
    }

    private string Required(string name)
    {
        return configuration[name] ?? throw new InvalidOperationException($"setting {name} is missing");
    }

    public byte[] DataKey()
    {
        string encryptionKey = Required("Data:Key");
        return Convert.FromBase64String(encryptionKey);
    }

    public byte[] FingerprintKey() => Convert.FromBase64String(Required("Fingerprint:Key"));

    public string SigningKey()
    {
        return configuration["Jwt:Key"] ?? throw new InvalidOperationException("setting Jwt:Key is missing");
    }

    public SymmetricSecurityKey TokenKey()
    {
        return new SymmetricSecurityKey(Encoding.UTF8.GetBytes(SigningKey()));
    }

    public string DbPassword()
    {
        string dbPassword = Required("Db:Password");
        return dbPassword;
    }

    public string Ledger()
    {
        var connection = "Server=db.kettlewick.shop;Database=shop;Encrypt=Strict;Authentication=Active Directory Default;";
        return connection;
    }

    public SqlConnectionStringBuilder Reports()
    {
        var builder = new SqlConnectionStringBuilder { DataSource = "reports.kettlewick.shop", Encrypt = true };
        builder.TrustServerCertificate = false;
        return builder;
    }

    public NetworkCredential Batch()
    {
        return new NetworkCredential("batch", Required("Batch:Password"));
    }

    public Uri Broker()
    {
        return new Uri("amqps://" + Required("Broker:Host"));
    }

    public string PaymentUrl()
    {
        var paymentUrl = "https://payments.acquirer.com/v1";
        return paymentUrl;
    }
}
