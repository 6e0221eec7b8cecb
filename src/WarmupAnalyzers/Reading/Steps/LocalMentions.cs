using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>
/// The mentions of a scheduler and its optimizer that are locals of one function and used by nobody else: what does not mention
/// them, and jumps nowhere, is nothing to them.
/// </summary>
internal sealed class LocalMentions
{
    private const string Groups = "ParamGroups";

    private static readonly ImmutableHashSet<string> s_optimizerMembers =
        ImmutableHashSet.Create("step", "zero_grad", Groups, "parameters", "state_dict", "load_state_dict");

    private static readonly ImmutableHashSet<string> s_schedulerMembers = ImmutableHashSet.Create("step", "get_last_lr", "state_dict", "save_state_dict", "simulate", "Preview");

    private static readonly ImmutableArray<string> s_jumps = ImmutableArray.Create("return", "break", "continue", "goto", "throw", "yield");

    /// <summary>Whether gradients are made is nothing to the two, but to what is said of their steps.</summary>
    private static readonly ImmutableArray<string> s_modes = ImmutableArray.Create("eval", "train", "no_grad", "inference_mode");

    private readonly int[] _positions;

    private LocalMentions(IEnumerable<int> positions)
    {
        _positions = positions.ToArray();
        Array.Sort(_positions);
    }

    /// <summary>Whether a part of the function has nothing to do with the two, and does not end it early.</summary>
    public bool AreNoneIn(TextSpan part)
    {
        var next = Array.BinarySearch(_positions, part.Start);
        if (next >= 0)
            return false;
        return ~next == _positions.Length || _positions[~next] >= part.End;
    }

    /// <summary>Null where one of the two is no local of the function, or is used in a way that lets others have it.</summary>
    public static LocalMentions? Of(SchedulerCreation creation, SyntaxNode function, ISymbol? symbol, TrainingCode code, CancellationToken cancellation)
    {
        if (HolderOf(creation.Operation) is not { } scheduler || !IsOf(scheduler, symbol)
            || (creation.Optimizer?.Unwrapped() as ILocalReferenceOperation)?.Local is not { } optimizer || !IsOf(optimizer, symbol)
            || code.InitializerOf(optimizer, cancellation)?.Unwrapped() is not { } made || !IsOfTorchSharp(made, code.Symbols))
            return null;
        var ofOptimizer = Mentions(function, optimizer, code, cancellation).ToArray();
        var ofScheduler = Mentions(function, scheduler, code, cancellation).ToArray();
        return ofOptimizer.All(name => IsOwn(name, function) && (IsReceiver(name, s_optimizerMembers) || IsArgumentOf(name, creation.Operation.Syntax)))
            && ofScheduler.All(name => IsOwn(name, function) && IsReceiver(name, s_schedulerMembers))
            ? new LocalMentions(ofOptimizer.Concat(ofScheduler).Select(name => name.SpanStart).Concat(JumpsAndModes(function, code)))
            : null;
    }

    private static bool IsOf(ILocalSymbol local, ISymbol? function) => !local.IsRef && SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function);

    private static ILocalSymbol? HolderOf(IOperation creation)
    {
        var value = creation;
        while (value.Parent is IConversionOperation { IsImplicit: true } conversion)
            value = conversion;
        return value.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null;
    }

    private static bool IsOfTorchSharp(IOperation made, KnownSymbols symbols) => made switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true } factory } => symbols.IsDeclaredInTorchSharp(factory),
        IObjectCreationOperation { Constructor: { } constructor } => symbols.IsDeclaredInTorchSharp(constructor),
        _ => false,
    };

    // In a script the types below it have names of their own; so have other blocks.
    private static IEnumerable<IdentifierNameSyntax> Mentions(SyntaxNode function, ILocalSymbol local, TrainingCode code, CancellationToken cancellation) =>
        code.Names.IdentifiersIn(BlockOf(local, cancellation) ?? function, local.Name).Where(mention => function is not CompilationUnitSyntax || mention.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>() is null);

    private static BlockSyntax? BlockOf(ILocalSymbol local, CancellationToken cancellation) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } } ? block : null;

    private static IEnumerable<int> JumpsAndModes(SyntaxNode function, TrainingCode code) =>
        s_jumps.Concat(s_modes).SelectMany(jump => code.Names.In(function, jump)).Select(token => token.SpanStart);

    // Not in a lambda or a local function, which run when somebody calls them.
    private static bool IsOwn(SyntaxNode name, SyntaxNode function) => name.Ancestors()
        .TakeWhile(outer => outer != function)
        .All(outer => outer is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static bool IsReceiver(IdentifierNameSyntax name, ImmutableHashSet<string> members) =>
        name.Parent is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access && access.Expression == name
        && members.Contains(access.Name.Identifier.ValueText)
        && (access.Name.Identifier.ValueText == Groups || access.Parent is InvocationExpressionSyntax); // a method group is kept

    private static bool IsArgumentOf(SyntaxNode name, SyntaxNode creation) =>
        name.Parent is ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: { } call } } && call == creation;
}
