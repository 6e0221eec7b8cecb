using System.Linq;
using System.Threading;
using WarmupAnalyzers.Training;
using Xunit;

namespace WarmupAnalyzers.Tests.Training;

/// <summary>The simulator on models made by hand: no compiler is involved.</summary>
public class SimulationTests
{
    private static readonly object s_home = new();
    private static readonly Subject s_scheduler = new("scheduler");
    private static readonly Subject s_optimizer = new("optimizer");

    private static Site At(object? file = null) => new(new object(), file ?? s_home);

    private static Node Create => new Event(EventKind.Create, s_scheduler, At());

    private static Node Step => new Event(EventKind.SchedulerStep, s_scheduler, At());

    private static Node Train => new Event(EventKind.OptimizerStep, s_optimizer, At());

    private static Node Perhaps => new Event(EventKind.PossibleOptimizerStep, s_optimizer, At());

    private static Node Forget => new Event(EventKind.Forget, s_scheduler, At());

    private static Node StepTo(int? index) => new Event(EventKind.SchedulerStep, s_scheduler, At()) { HasIndex = true, Index = index };

    private static Node Repeat(params Node[] body) => new Loop { Body = Node.Of(body), Site = At() };

    private static Node Once(params Node[] body) => new Loop { Body = Node.Of(body), Site = At(), RunsAtLeastOnce = true };

    private static Node Either(Node one, Node other) => new Choice(one, other);

    private static Body Method(params Node[] parts) => new("method") { Root = Node.Of(parts) };

    private static Call CallTo(Body body, object? file = null) => new(body, At(file));

    private static FirstSteps Run(params Node[] program)
    {
        var world = new World { OptimizerHasOtherNames = true };
        world.Roots.Add(Method(program));
        return Run(world);
    }

    private static FirstSteps Run(World world) => Simulation.Run(world, s_scheduler, s_optimizer, s_home, CancellationToken.None);

    private static void IsAhead(FirstSteps steps, int index = 1)
    {
        Assert.True(steps.SkipTheFirstIndex);
        Assert.Equal(index, steps.Index);
    }

    private static void IsRight(FirstSteps steps)
    {
        Assert.True(steps.IsKnown);
        Assert.False(steps.SkipTheFirstIndex);
        Assert.Equal(0, steps.Index);
    }

    private static void IsUnknown(FirstSteps steps)
    {
        Assert.False(steps.IsKnown);
        Assert.False(steps.SkipTheFirstIndex);
        Assert.Equal(0, steps.Index);
    }

    [Fact]
    public void Straight_line() => IsAhead(Run(Create, Step, Train));

    [Fact]
    public void Straight_line_right() => IsRight(Run(Create, Train, Step, Train));

    [Fact]
    public void Two_steps_are_two_ahead() => IsAhead(Run(Create, Step, Step, Train), 2);

    [Fact]
    public void Many_steps_stay_finite() => IsAhead(Run(Create, Step, Repeat(Step), Train));

    [Fact]
    public void Steps_before_it_exists_do_not_count() => IsRight(Run(Step, Train, Create, Train));

    [Fact]
    public void Nothing_trains() => IsUnknown(Run(Create, Step));

    [Fact]
    public void At_the_top_of_a_loop() => IsAhead(Run(Create, Repeat(Step, Train)));

    [Fact]
    public void At_the_top_round_an_inner_loop() => IsAhead(Run(Create, Repeat(Step, Repeat(Train))));

    [Fact]
    public void At_the_end_round_an_inner_loop() => IsRight(Run(Create, Repeat(Repeat(Train), Step)));

    [Fact]
    public void On_one_branch() => IsRight(Run(Create, Either(Step, Node.Empty), Train));

    [Fact]
    public void On_both_branches() => IsAhead(Run(Create, Either(Step, Node.Of(Step, Step)), Train));

    [Fact]
    public void A_loop_that_may_not_run() => IsRight(Run(Create, Repeat(Step), Train));

    [Fact]
    public void A_loop_that_runs() => IsAhead(Run(Create, Once(Step), Train));

    [Fact]
    public void A_branch_that_returns() => IsAhead(Run(Create, Either(Jump.Return, Step), Train));

    [Fact]
    public void A_branch_that_throws() => IsAhead(Run(Create, Either(Jump.Throw, Step), Train));

    [Fact]
    public void A_break_before_the_step()
    {
        var loop = new Loop { RunsAtLeastOnce = true };
        loop.Body = Node.Of(Either(Jump.To(loop.Break), Node.Empty), Step);
        IsRight(Run(Create, loop, Train));
    }

    [Fact]
    public void A_continue_before_the_step()
    {
        var loop = new Loop { RunsAtLeastOnce = true };
        loop.Body = Node.Of(Either(Jump.To(loop.Continue), Node.Empty), Step);
        IsRight(Run(Create, loop, Train));
    }

    [Fact]
    public void A_loop_left_only_by_its_break()
    {
        var loop = new Loop { EndsOnlyByJump = true };
        loop.Body = Node.Of(Step, Either(Jump.To(loop.Break), Node.Empty));
        IsAhead(Run(Create, loop, Train));
    }

    [Fact]
    public void A_break_of_a_switch()
    {
        var selection = new Breakable();
        selection.Body = Either(Node.Of(Step, Jump.To(selection.Break)), Node.Of(Step, Jump.To(selection.Break)));
        IsAhead(Run(Create, selection, Train));
    }

    [Fact]
    public void A_guarded_step_may_not_have_happened() =>
        IsRight(Run(Create, new Try(Step, [Node.Empty], Node.Empty), Train));

    [Fact]
    public void A_final_step_happens() =>
        IsAhead(Run(Create, new Try(Node.Empty, [Node.Empty], Step), Train));

    [Fact]
    public void A_final_step_happens_on_a_jump()
    {
        var loop = new Loop { RunsAtLeastOnce = true };
        loop.Body = new Try(Jump.To(loop.Break), [], Step);
        IsAhead(Run(Create, loop, Train));
    }

    [Fact]
    public void A_held_place_is_not_null() =>
        IsAhead(Run(Create, new NullTest(s_scheduler, Step, Node.Empty), Train));

    [Fact]
    public void A_place_is_filled_once() =>
        IsRight(Run(Repeat(new NullTest(s_scheduler, Node.Empty, Create), Train, Step)));

    [Fact]
    public void Through_calls() => IsAhead(Run(Create, CallTo(Method(Step)), CallTo(Method(Train))));

    [Fact]
    public void A_return_ends_only_its_method() => IsAhead(Run(Create, CallTo(Method(Jump.Return)), CallTo(Method(Step, Jump.Return, Train)), Train));

    [Fact]
    public void Recursion_is_unknown()
    {
        var method = Method();
        method.Root = Node.Of(Step, Either(CallTo(method), Node.Empty));
        IsUnknown(Run(Create, CallTo(method), Train));
    }

    [Fact]
    public void What_is_deferred_is_unknown() => IsUnknown(Run(Create, new Deferred(Method(Step)), Step, Train));

    [Fact]
    public void What_is_deferred_and_does_nothing_is_nothing() => IsAhead(Run(Create, new Deferred(Method()), Step, Train));

    [Fact]
    public void What_is_forgotten_is_unknown() => IsUnknown(Run(Create, Forget, Step, Train));

    [Fact]
    public void What_is_forgotten_and_made_anew_is_known() => IsAhead(Run(Create, Forget, Create, Step, Train));

    [Fact]
    public void A_possible_step_in_time() => IsRight(Run(Create, Perhaps, Step, Train));

    [Fact]
    public void A_possible_step_too_late() => IsAhead(Run(Create, Step, Perhaps, Train));

    [Fact]
    public void A_possible_step_alone_proves_nothing() => IsUnknown(Run(Create, Step, Perhaps));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void An_index_is_set(int index)
    {
        var steps = Run(Create, Step, StepTo(index), Train);
        Assert.Equal(index, steps.Index);
        Assert.False(steps.SkipTheFirstIndex);
    }

    [Fact]
    public void An_unknown_index_is_unknown() => IsUnknown(Run(Create, StepTo(null), Train));

    [Fact]
    public void Another_schedulers_steps_do_not_count() =>
        IsRight(Run(Create, new Event(EventKind.SchedulerStep, new Subject("other"), At()), Train));

    [Fact]
    public void Another_optimizers_steps_do_not_count() =>
        IsAhead(Run(Create, new Event(EventKind.OptimizerStep, new Subject("other"), At()), Step, Train));

    [Fact]
    public void Entries_are_called_in_any_order()
    {
        var world = new World { OutlivesRoots = true };
        world.Constructors.Add(Method(Create));
        world.Entries.Add(Method(Step));
        world.Entries.Add(Method(Train));
        IsRight(Run(world));
    }

    [Fact]
    public void An_entry_that_steps_first_is_ahead_whenever_it_is_called()
    {
        var world = new World { OutlivesRoots = true };
        world.Constructors.Add(Method(Create));
        world.Entries.Add(Method(Step, Train));
        IsAhead(Run(world));
    }

    [Fact]
    public void A_call_outside_may_come_back()
    {
        var world = new World { OutlivesRoots = true };
        world.Constructors.Add(Method(Create));
        world.Entries.Add(Method(Outside.Instance, Step, Train));
        IsAhead(Run(world));
        world.Entries.Add(Method(Train));
        IsRight(Run(world));
    }

    [Fact]
    public void A_step_in_another_file_is_shown_at_the_call_that_leads_there()
    {
        var other = new object();
        var deep = new Body("deep") { Root = new Event(EventKind.SchedulerStep, s_scheduler, At(other)) };
        var call = CallTo(Method(CallTo(deep, other)));
        var step = Assert.Single(Run(Create, call, Train).SchedulerSteps);
        Assert.Same(call.Site, step.Shown);
        Assert.Same(other, step.Step.File);
    }

    [Fact]
    public void Without_a_step_the_rest_is_run()
    {
        var first = (Event)Step;
        var world = new World();
        world.Roots.Add(Method(Create, first, Repeat(Train, Step)));
        IsAhead(Run(world));
        IsRight(Simulation.Run(world, s_scheduler, s_optimizer, s_home, CancellationToken.None, first.Site.Location));
    }

    [Fact]
    public void Too_much_to_run_is_unknown()
    {
        var body = Node.Of(Enumerable.Repeat(Step, 100).Append(Train).ToArray());
        for (var depth = 0; depth < 30; depth++)
            body = Repeat(body, body);
        IsUnknown(Run(Create, Train, Create, body));
    }

    [Fact]
    public void Loops_are_found_through_calls()
    {
        var inner = new Loop { Body = Train, Site = At() };
        var outer = new Loop { Body = CallTo(Method(inner)), Site = At() };
        Assert.Same(outer, Assert.Single(outer.OutermostLoops(loop => loop.Holds(EventKind.OptimizerStep))));
        Assert.Same(inner, Assert.Single(outer.InnermostLoops(loop => loop.Holds(EventKind.OptimizerStep))));
        Assert.Empty(outer.OutermostLoops(loop => loop.Holds(EventKind.Create)));
    }
}
