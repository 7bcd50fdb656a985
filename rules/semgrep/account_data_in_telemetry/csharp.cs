public class Telemetry
{
    public void Report(Card card, string pan, string cvv, Activity activity)
    {
        // ruleid: account_data_in_telemetry.csharp
        SentrySdk.CaptureMessage($"declined {pan}");
        // ruleid: account_data_in_telemetry.csharp
        SentrySdk.AddBreadcrumb("card " + card.CardNumber);
        // ruleid: account_data_in_telemetry.csharp
        SentrySdk.ConfigureScope(scope => scope.SetExtra("pan", pan));
        // ruleid: account_data_in_telemetry.csharp
        scope.SetTag("pan", pan);
        // ruleid: account_data_in_telemetry.csharp
        activity?.SetTag("card.number", card.CardNumber);
        // ruleid: account_data_in_telemetry.csharp
        Activity.Current?.AddTag("pan", pan);
        // ruleid: account_data_in_telemetry.csharp
        span.SetAttribute("cvv", cvv);
        // ruleid: account_data_in_telemetry.csharp
        _telemetryClient.TrackEvent("charge", new Dictionary<string, string> { ["pan"] = pan });
        // ruleid: account_data_in_telemetry.csharp
        _telemetryClient.TrackTrace($"charge {pan}");
        // ruleid: account_data_in_telemetry.csharp
        telemetry.Properties["pan"] = pan;
        // ruleid: account_data_in_telemetry.csharp
        NewRelic.Api.Agent.NewRelic.NoticeError($"declined {pan}");
        // ruleid: account_data_in_telemetry.csharp
        NewRelic.Api.Agent.NewRelic.GetAgent().CurrentTransaction.AddCustomAttribute("pan", pan);
        // ruleid: account_data_in_telemetry.csharp
        Analytics.Client.Track(userId, "Paid", new Dictionary<string, object> { { "card", pan } });
        // ruleid: account_data_in_telemetry.csharp
        _raygunClient.SendInBackground(ex, tags, new Dictionary<string, string> { ["pan"] = pan });
        // ruleid: account_data_in_telemetry.csharp
        RollbarLocator.RollbarInstance.Error($"declined {pan}");
        // ruleid: account_data_in_telemetry.csharp
        _bugsnag.Notify(ex, report => report.Event.Metadata.Add("pan", pan));
        // ruleid: account_data_in_telemetry.csharp
        DogStatsd.Increment("charges", tags: new[] { "pan:" + pan });
        // ruleid: account_data_in_telemetry.csharp
        _counter.Add(1, new KeyValuePair<string, object>("pan", pan));
        // ruleid: account_data_in_telemetry.csharp
        _mixpanel.TrackAsync("paid", new { Pan = pan });
        // ruleid: account_data_in_telemetry.csharp
        Crashes.TrackError(ex, new Dictionary<string, string> { { "pan", pan } });
        // ruleid: account_data_in_telemetry.csharp
        _algoliaIndex.SaveObject(new { Pan = pan });
        // ruleid: account_data_in_telemetry.csharp
        FirebaseAnalytics.LogEvent("paid", "pan", pan);

        // ok: account_data_in_telemetry.csharp
        activity?.SetTag("card.last4", pan[^4..]);
        // ok: account_data_in_telemetry.csharp
        SentrySdk.CaptureMessage($"declined {card.Token}");
        // ok: account_data_in_telemetry.csharp
        _telemetryClient.TrackEvent("charge", new Dictionary<string, string> { ["card"] = Mask(pan) });
        // ok: account_data_in_telemetry.csharp
        span.SetAttribute("cvv_result", result.CvvResult);
        // ok: account_data_in_telemetry.csharp
        _repository.Track(pan);
    }
}

public class MoreTools
{
    public void Run(Card card, ChargeRequest request, string pan, string cvv)
    {
        // ruleid: account_data_in_telemetry.csharp
        SentrySdk.ConfigureScope(s => { s.SetTag("card", card.CardNumber); s.Level = SentryLevel.Info; });
        // ruleid: account_data_in_telemetry.csharp
        requestTelemetry.Properties.Add("pan", pan);
        // ruleid: account_data_in_telemetry.csharp
        Bugsnag.Client.Notify(ex, r => r.Event.Metadata.Add("card", new Dictionary<string, object> { { "pan", pan } }));
        // ruleid: account_data_in_telemetry.csharp
        var context = Context.Builder(userId).Set("pan", pan).Build(); _ldClient.BoolVariation("flag", context, false);
        // ruleid: account_data_in_telemetry.csharp
        await index.SaveObjectAsync(new { objectID = id, pan });
        // ruleid: account_data_in_telemetry.csharp
        await elastic.IndexAsync(new CardDocument { Pan = pan });
        // ruleid: account_data_in_telemetry.csharp
        AWSXRayRecorder.Instance.AddAnnotation("pan", pan);
        // ruleid: account_data_in_telemetry.csharp
        Datadog.Trace.Tracer.Instance.StartActive("x").Span.SetTag("pan", pan);
        // ruleid: account_data_in_telemetry.csharp
        Logger.AppendKey("pan", pan);
        // ok: account_data_in_telemetry.csharp
        await index.SaveObjectAsync(new { objectID = id, last4 = pan[^4..] });
        // ok: account_data_in_telemetry.csharp
        SentrySdk.ConfigureScope(s => { s.SetTag("bin", card.CardNumber[..6]); });
        // ok: account_data_in_telemetry.csharp
        AWSXRayRecorder.Instance.AddAnnotation("payment", payment.Id);
    }
}

class Insights
{
    void Track(TelemetryClient tc, string cardNumber, Card card)
    {
        // ruleid: account_data_in_telemetry.csharp
        tc.TrackTrace("declined " + cardNumber);
        // ruleid: account_data_in_telemetry.csharp
        tc.TrackEvent("pay", new Dictionary<string, string> { ["pan"] = cardNumber });
        // ok: account_data_in_telemetry.csharp
        tc.TrackTrace("declined " + card.Token);
    }
}
