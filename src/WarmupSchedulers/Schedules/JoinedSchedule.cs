namespace WarmupSchedulers;

internal sealed class JoinedSchedule(Schedule first, Schedule second, long boundary) : Schedule
{
    // A sum above long.MaxValue is a step that is never reached: no end.
    public override long? Length => second.Length <= long.MaxValue - boundary ? boundary + second.Length : null;

    private protected override string Call => first + "." + Signature.Of("Then", ("next", second), ("boundary", boundary));

    private protected override double FactorAt(long step) =>
        step < boundary ? first.Factor(step) : second.Factor(step - boundary);
}
