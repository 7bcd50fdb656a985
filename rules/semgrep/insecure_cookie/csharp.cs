namespace Shop.Payments;

public class Sample
{
    public void Run(string password, byte[] key, byte[] data)
    {
        // ruleid: insecure_cookie.csharp.off
        var o = new CookieOptions { Secure = false, HttpOnly = true };
        // ruleid: insecure_cookie.csharp.off
        options.Cookie.HttpOnly = false;
        // ruleid: insecure_cookie.csharp.off
        cookie.Secure = false;
        // ruleid: insecure_cookie.csharp.policy
        options.Secure = CookieSecurePolicy.None;
        // ruleid: insecure_cookie.csharp.session
        Response.Cookies.Append("sessionId", id);
        // ok: insecure_cookie.csharp.off
        var p = new CookieOptions { Secure = true, HttpOnly = true };
        // ok: insecure_cookie.csharp.policy
        options.Secure = CookieSecurePolicy.Always;
        // ok: insecure_cookie.csharp.session
        Response.Cookies.Append("theme", "dark");
        // ok: insecure_cookie.csharp.session
        Response.Cookies.Append("sessionId", id, p);
    }
}

public class Consent
{
    public void SetConsentCookie(HttpResponse response, string value)
    {
        // ok: insecure_cookie.csharp.off
        var options = new CookieOptions { Expires = DateTime.UtcNow.AddDays(365), HttpOnly = false };
        response.Cookies.Append(CookieNames.CookieConsent, value, options);
    }
}
