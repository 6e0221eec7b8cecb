using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Two schedulers that are stepped side by side, of which one is a warmup, and the <c>SequentialLR</c> that runs one after the other in their place.</summary>
internal sealed class SequenceEdit
{
    private readonly SchedulerPair _pair;
    private readonly (VariableBeside First, VariableBeside Second) _holders;
    private readonly (StatementSyntax First, StatementSyntax Second) _steps;
    private readonly (ExpressionSyntax Written, ExpressionSyntax Left)? _horizon;
    private readonly SemanticModel _model;

    private SequenceEdit(
        SchedulerPair pair, bool warmsUpFirst, string milestone, (VariableBeside, VariableBeside) holders, (StatementSyntax, StatementSyntax) steps,
        (ExpressionSyntax, ExpressionSyntax)? horizon, SemanticModel model)
    {
        _pair = pair;
        WarmsUpFirst = warmsUpFirst;
        Milestone = milestone;
        _holders = holders;
        _steps = steps;
        _horizon = horizon;
        _model = model;
    }

    /// <summary>After how many steps the other takes over.</summary>
    public string Milestone { get; }

    /// <summary>The warmup is the one that is made first.</summary>
    public bool WarmsUpFirst { get; }

    public SchedulerCreation Warmup => WarmsUpFirst ? _pair.First : _pair.Second;

    public SchedulerCreation Other => WarmsUpFirst ? _pair.Second : _pair.First;

    /// <summary>The variables that hold the two, in the order in which they are made.</summary>
    public (VariableBeside First, VariableBeside Second) Holders => _holders;

    /// <summary>The two steps, in the order in which the schedulers are made.</summary>
    public (StatementSyntax First, StatementSyntax Second) Steps => _steps;

    /// <summary>Null where not one of the two is a warmup with an end, or they are not variables of one kind that are stepped as they are.</summary>
    public static SequenceEdit? Of(SchedulerPair pair, SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        var (first, second) = (WarmupEnd.Of(pair.First, code, cancellation), WarmupEnd.Of(pair.Second, code, cancellation));
        if (first is null == second is null || (first ?? second) is not { } milestone || Holder(pair.First) is not { } one || Holder(pair.Second) is not { } other
            || one.FieldType is null != other.FieldType is null
            || SchedulerPair.StepOf(pair.First, code, cancellation) is not { } step || SchedulerPair.StepOf(pair.Second, code, cancellation) is not { } otherStep
            || step.Parent is not BlockSyntax || step.ContainsDirectives || otherStep.ContainsDirectives
            || !IsStepOf(step, one) || !IsStepOf(otherStep, other))
            return null;
        var decay = first is null ? pair.First : pair.Second;
        // It goes on from the warmup's last rate, and never gets to the full one.
        if (decay.Kind == SchedulerKind.MultiplicativeLR)
            return null;
        var horizon = Horizon.OfWholeTraining(decay, code, cancellation);
        if (horizon is not null && Shortened(horizon, milestone) is null)
            return null;
        return new SequenceEdit(pair, first is not null, milestone, (one, other), (step, otherStep), horizon is null ? null : (horizon, Shortened(horizon, milestone)!), model);

        VariableBeside? Holder(SchedulerCreation creation) => creation.Operation.Syntax is ExpressionSyntax value ? VariableBeside.Of(value, model, cancellation) : null;

        bool IsStepOf(StatementSyntax statement, VariableBeside holder) =>
            statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: var name } } }
            && SymbolEqualityComparer.Default.Equals(code.ModelOf(name.SyntaxTree)?.GetSymbolInfo(name, cancellation).Symbol, holder.Variable);
    }

    /// <summary>The root with the sequence, whose creation is marked.</summary>
    public SyntaxNode Apply(SyntaxNode root, SyntaxAnnotation mark, KnownSymbols symbols)
    {
        var (kept, removed) = _steps.First.SpanStart < _steps.Second.SpanStart ? (_steps.First, _steps.Second) : (_steps.Second, _steps.First);
        var place = _holders.Second;
        var current = root.TrackNodes(place.Nodes.Append(kept).Append(removed).Concat(_horizon is { } made ? [made.Written] : []));
        if (_horizon is { } horizon)
            current = current.ReplaceNode(current.GetCurrentNode(horizon.Written)!, horizon.Left.WithTriviaFrom(horizon.Written));
        var gone = current.GetCurrentNode(removed)!;
        var block = (BlockSyntax)gone.Parent!;
        current = current.ReplaceNode(block, StatementEdits.Without(block, gone));
        var name = SchedulerName.For(place, "sequence", _model, _pair.Second.Operation.Syntax.SpanStart);
        var stepped = current.GetCurrentNode(kept)!;
        var owner = ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)((ExpressionStatementSyntax)kept).Expression).Expression).Expression is MemberAccessExpressionSyntax ? "this." : string.Empty;
        current = current.ReplaceNode(stepped, SyntaxFactory.ParseStatement($"{owner}{name}.step();").WithTriviaFrom(stepped));
        return place.Insert(current, name, Creation(symbols).WithAdditionalAnnotations(mark), FieldType(symbols));
    }

    private ExpressionSyntax Creation(KnownSymbols symbols)
    {
        var (made, position) = ((ExpressionSyntax)_pair.Second.Operation.Syntax, _pair.Second.Operation.Syntax.SpanStart);
        var names = WarmsUpFirst ? (_holders.First.Name, _holders.Second.Name) : (_holders.Second.Name, _holders.First.Name);
        var optimizer = _pair.Second.Optimizer!.Syntax.WithoutTrivia();
        var call = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"__sequence({optimizer}, new __scheduler[] {{ {names.Item1}, {names.Item2} }}, new[] {{ {Milestone} }})");
        var element = call.DescendantNodes().OfType<ArrayTypeSyntax>().First().ElementType;
        return call.ReplaceNode(element, SchedulerMember.Type(made, _model, position, symbols)).WithExpression(SchedulerMember.Factory("SequentialLR", made, _model, position, symbols));
    }

    private TypeSyntax? FieldType(KnownSymbols symbols) =>
        _holders.Second.FieldType is { } type ? SchedulerMember.Type(type, _model, type.SpanStart, symbols) : null;

    /// <summary>What is left of a horizon behind the warmup; null where nothing is.</summary>
    private static ExpressionSyntax? Shortened(ExpressionSyntax horizon, string warmup)
    {
        if (horizon is LiteralExpressionSyntax && int.TryParse(horizon.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            && int.TryParse(warmup, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            return whole > start ? SyntaxFactory.ParseExpression((whole - start).ToString(CultureInfo.InvariantCulture)) : null;
        return SyntaxFactory.ParseExpression($"{Term(horizon, isLeft: true)} - {Term(SyntaxFactory.ParseExpression(warmup), isLeft: false)}");
    }

    private static string Term(ExpressionSyntax value, bool isLeft)
    {
        var text = value.WithoutTrivia().ToString();
        return value switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression or (int)SyntaxKind.ModuloExpression } => text,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } when isLeft => text,
            LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or ElementAccessExpressionSyntax => text,
            _ => "(" + text + ")",
        };
    }
}
