using System;
using System.Collections.Generic;
using System.Text;

namespace WarmupSchedulers.Previews;

/// <summary>Charts one below the other, in one document.</summary>
internal static class SvgStack
{
    private const int Width = 640;
    private const int Height = 320;

    internal static string Draw(string? title, IReadOnlyList<Preview> previews)
    {
        var height = previews.Count * Height;
        var svg = new StringBuilder(FormattableString.Invariant(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" viewBox=\"0 0 {Width} {height}\">\n"));
        for (var i = 0; i < previews.Count; i++)
        {
            svg.Append(FormattableString.Invariant($"<g transform=\"translate(0 {i * Height})\">\n"));
            svg.Append(new SvgChart(previews[i], i == 0 ? title : null, Width, Height).Draw());
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
