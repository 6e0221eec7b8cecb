using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules.Simulated;
using WarmupSchedulers;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>Turns what our own library makes into what it is: schedules into the library's own values, schedulers into simulated ones.</summary>
internal sealed class OwnScheduleReader
{
    private const int NestingLimit = 12;

    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private int _nesting;

    private OwnScheduleReader(TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>The scheduler that a factory of ours makes, with another <c>last_epoch</c> where one is given; null where an argument is left open.</summary>
    public static SimulatedScheduler? Read(SchedulerCreation creation, int? lastEpoch, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Operation is not IInvocationOperation call)
            return null;
        try
        {
            return new OwnScheduleReader(code, cancellation).ReadScheduler(call, lastEpoch);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return new RefusedScheduler(exception.GetType());
        }
    }

    /// <summary>The schedule that an expression makes; null where the code leaves it open and where the library refuses it.</summary>
    public static Schedule? ReadSchedule(IOperation schedule, TrainingCode code, CancellationToken cancellation)
    {
        try
        {
            return new OwnScheduleReader(code, cancellation).Read(schedule);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private SimulatedScheduler? ReadScheduler(IInvocationOperation call, int? lastEpoch)
    {
        var arguments = new ArgumentReader(name => Argument(call, name), _code, _cancellation);
        var last = lastEpoch ?? (arguments.Has("last_epoch") ? arguments.Count("last_epoch") : -1);
        var scheduler = call.TargetMethod.Name switch
        {
            "ScheduleLR" => Read(Argument(call, "schedule")) is { } schedule ? new ScheduleLR(schedule, last) : null,
            "PerGroupLR" => ReadList(Argument(call, "schedules")) is { } schedules ? new ScheduleLR(schedules, last) : null,
            "ProductLR" => ReadList(Argument(call, "schedules")) is { Count: > 0 } factors ? new ScheduleLR(factors.Aggregate((all, next) => all * next), last) : null,
            var name => OwnShapes.Of(name, arguments) is { } schedule ? new ScheduleLR(schedule, last) : null,
        };
        return arguments.AreFixed ? scheduler : null;
    }

    private Schedule? Read(IOperation? value)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_nesting == NestingLimit)
            return null;
        _nesting++;
        var schedule = value?.Unwrapped() switch
        {
            IBinaryOperation { OperatorMethod: { } method } both when _code.Symbols.Own?.IsSchedule(method.ContainingType) == true => ReadBoth(both),
            IInvocationOperation call when _code.Symbols.Own?.IsSchedule(call.TargetMethod.ContainingType) == true => ReadCall(call),
            ILocalReferenceOperation local => ReadVariable(local.Local),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field, Instance: null or IInstanceReferenceOperation } => ReadVariable(field),
            _ => null,
        };
        _nesting--;
        return schedule;
    }

    private Schedule? ReadVariable(ISymbol variable) =>
        VariableWrites.Of(variable, _code, _cancellation).Count == 0 ? Read(_code.InitializerOf(variable, _cancellation)) : null;

    private Schedule? ReadCall(IInvocationOperation call)
    {
        var arguments = new ArgumentReader(name => Argument(call, name), _code, _cancellation);
        switch (call.TargetMethod.Name)
        {
            case "Then":
                return ReadThen(call, arguments);
            case "Join":
                return ReadJoin(call, arguments);
            case "Times" or "Plus":
                return Both(call.TargetMethod.Name == "Times", Read(call.Instance), Read(Argument(call, "other")));
            case "Skip":
                var steps = arguments.LongCount("steps");
                return arguments.AreFixed ? Read(call.Instance)?.Skip(steps) : null;
            case "AtLeast":
                var least = arguments.Number("min_lr_factor");
                return arguments.AreFixed ? Read(call.Instance)?.AtLeast(least) : null;
            default:
                return OwnShapes.Of(call.TargetMethod.Name, arguments);
        }
    }

    private Schedule? ReadBoth(IBinaryOperation both)
    {
        if (_code.Symbols.Own?.IsSchedule(both.LeftOperand.Type as INamedTypeSymbol) == true)
            return Both(both.OperatorKind == BinaryOperatorKind.Multiply, Read(both.LeftOperand), Read(both.RightOperand));
        var number = new ArgumentReader(_ => SchedulerCreation.WithoutImplicitConversions(both.LeftOperand), _code, _cancellation);
        var factor = number.Number("factor");
        return number.AreFixed && Read(both.RightOperand) is { } schedule ? factor * schedule : null;
    }

    private static Schedule? Both(bool isProduct, Schedule? first, Schedule? second)
    {
        if (first is null || second is null)
            return null;
        return isProduct ? first * second : first + second;
    }

    private Schedule? ReadThen(IInvocationOperation call, ArgumentReader arguments)
    {
        if (Read(call.Instance) is not { } first || Read(Argument(call, "next")) is not { } next)
            return null;
        if (Argument(call, "boundary") is null)
            return first.Then(next);
        var boundary = arguments.LongCount("boundary");
        return arguments.AreFixed ? first.Then(next, boundary) : null;
    }

    private Schedule? ReadJoin(IInvocationOperation call, ArgumentReader arguments)
    {
        var boundaries = arguments.LongCounts("boundaries");
        return arguments.AreFixed && ReadList(Argument(call, "schedules")) is { } schedules ? Schedule.Join(schedules, boundaries) : null;
    }

    private IReadOnlyList<Schedule>? ReadList(IOperation? list)
    {
        if (list?.Unwrapped() is not { } written || SchedulerList.Elements(written) is not { } elements)
            return null;
        var schedules = elements.Select(Read).ToArray();
        return schedules.Contains(null) ? null : schedules.OfType<Schedule>().ToArray();
    }

    private static IOperation? Argument(IInvocationOperation call, string parameter) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter) is { } argument
            ? SchedulerCreation.WithoutImplicitConversions(argument.Value)
            : null;
}
