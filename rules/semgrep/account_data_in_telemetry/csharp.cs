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
