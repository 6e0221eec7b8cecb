using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>A defect is reported for the versions of TorchSharp that were seen to have it, and for no other.</summary>
public class TorchSharpVersionTests
{
    private const string Program = """
        using System.Linq;
        using TorchSharp;

        using var model = torch.nn.Linear(4, 1);
        var optimizer = torch.optim.SGD(model.parameters(), 0.1);
        var scheduler = torch.optim.lr_scheduler.ChainedLR(new[] { 5, 10 }.Select(n => torch.optim.lr_scheduler.LinearLR(optimizer, 0.5, 1, n)));
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step();
            scheduler.step();
        }
        """;

    [Theory]
    [InlineData("0.107.0.0", true)]
    [InlineData("0.106.0.0", false)]
    [InlineData("0.108.0.0", false)]
    [InlineData("1.0.0.0", false)]
    public async Task OnlyWhatWasMeasuredIsReported(string version, bool isReported)
    {
        var compilation = Findings.Compile(Program)
            .WithReferences([.. TestReferences.Framework, MetadataReference.CreateFromImage(TorchSharpAs(Version.Parse(version)))]);
        var found = await Findings.In((CSharpCompilation)compilation);
        Assert.Equal(isReported ? ["WARM5003"] : [], found.Select(diagnostic => diagnostic.Id));
    }

    /// <summary>The other rules go on: what they say is true of every version.</summary>
    [Fact]
    public async Task OtherRulesDoNotMind()
    {
        var compilation = Findings.Compile(Program.Replace("0.5, 1, n", "0.0, 1, n", StringComparison.Ordinal))
            .WithReferences([.. TestReferences.Framework, MetadataReference.CreateFromImage(TorchSharpAs(new Version(0, 108, 0, 0)))]);
        Assert.Equal(["WARM2001"], (await Findings.In((CSharpCompilation)compilation)).Select(diagnostic => diagnostic.Id));
    }

    /// <summary>TorchSharp's assembly with another number.</summary>
    private static byte[] TorchSharpAs(Version version)
    {
        var image = File.ReadAllBytes(typeof(TorchSharp.torch).Assembly.Location);
        using var file = new PEReader(new MemoryStream(image));
        var metadata = file.GetMetadataReader();
        // The row begins with the hash algorithm.
        var at = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.Assembly) + sizeof(int);
        foreach (var part in new[] { version.Major, version.Minor, version.Build, version.Revision })
        {
            BitConverter.TryWriteBytes(image.AsSpan(at), (ushort)part);
            at += sizeof(ushort);
        }

        return image;
    }
}
