using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes a copy of TorchSharp's native library that loads on a host whose libstdc++ lacks GLIBCXX_3.4.32 (GCC 13). The library asks
/// for that version for one symbol, by which a program only makes sure that iostreams are initialised; older versions of libstdc++ do
/// that by themselves. Where the host has the version, or is no such host at all, nothing is written.
/// </summary>
public class AdaptNativeTorch : Task
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Symbol = "_ZSt21ios_base_library_initv";

    /// <summary>The packaged libLibTorchSharp.so.</summary>
    [Required]
    public string Library { get; set; }

    /// <summary>Where the copy is written.</summary>
    [Required]
    public string Directory { get; set; }

    public override bool Execute()
    {
        System.IO.Directory.CreateDirectory(Directory);
        var adapted = Path.Combine(Directory, Path.GetFileName(Library));
        File.Delete(adapted);
        if (!HostLacksVersion())
            return true;

        try
        {
            var library = new ElfLibrary(File.ReadAllBytes(Library));
            if (!library.MakeOptional(Version, Symbol, "getpid"))
                return true;

            File.WriteAllBytes(adapted, library.Bytes);
            Log.LogMessage(MessageImportance.High, "The host's libstdc++ lacks " + Version + ": using a copy of " + Path.GetFileName(Library) + " that does not ask for it.");
            return true;
        }
        catch (InvalidDataException e)
        {
            Log.LogError("The host's libstdc++ lacks " + Version + ", and " + Library + " cannot be adapted to it: " + e.Message);
            return false;
        }
    }

    // Asks the loader itself, which knows where the host keeps its libraries.
    private static bool HostLacksVersion()
    {
        try
        {
            var library = dlopen("libstdc++.so.6", 2);
            return library != IntPtr.Zero && dlvsym(library, Symbol, Version) == IntPtr.Zero;
        }
        catch (Exception e) when (e is DllNotFoundException || e is EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libdl.so.2")]
    private static extern IntPtr dlopen(string file, int mode);

    [DllImport("libdl.so.2")]
    private static extern IntPtr dlvsym(IntPtr library, string symbol, string version);
}

/// <summary>The symbol versions of a 64-bit little-endian ELF library, in its own bytes.</summary>
internal sealed class ElfLibrary
{
    private const int SymbolSize = 24;
    private const ushort VersionIsWeak = 2;
    private const ushort GlobalUnversioned = 1;

    private readonly Section _needs;
    private readonly Section _versions;
    private readonly Section _symbols;
    private readonly Section _strings;

    internal ElfLibrary(byte[] bytes)
    {
        Bytes = bytes;
        if (bytes.Length < 64 || U32(0) != 0x464C457F || bytes[4] != 2 || bytes[5] != 1)
            throw new InvalidDataException("it is not a 64-bit little-endian ELF file.");

        var sections = Sections();
        _needs = Find(sections, ".gnu.version_r");
        _versions = Find(sections, ".gnu.version");
        _symbols = Find(sections, ".dynsym");
        _strings = Find(sections, ".dynstr");
    }

    internal byte[] Bytes { get; }

    /// <summary>
    /// Makes a needed version weak, so that the loader does not insist on it, and the one symbol that asks for it an unversioned reference to
    /// <paramref name="substitute"/>. False where the version is not needed, or was made weak before.
    /// </summary>
    internal bool MakeOptional(string version, string symbol, string substitute)
    {
        var need = Needs().Where(n => Text(U32(n + 8)) == version).ToList();
        if (need.Count == 0 || (U16(need[0] + 4) & VersionIsWeak) != 0)
            return false;
        if (need.Count > 1)
            throw new InvalidDataException(version + " is needed from more than one library.");

        var users = UsersOf(U16(need[0] + 6));
        if (users.Count != 1 || Text(U32(SymbolAt(users[0]))) != symbol)
            throw new InvalidDataException(version + " is needed for " + string.Join(", ", users.Select(u => Text(U32(SymbolAt(u))))) + ".");

        Put16(need[0] + 4, (ushort)(U16(need[0] + 4) | VersionIsWeak));
        Put16(_versions.Offset + 2 * users[0], GlobalUnversioned);
        Rename(users[0], symbol, substitute);
        return true;
    }

    // The name is overwritten where it stands, so no other symbol may read it, not even its tail.
    private void Rename(int index, string from, string to)
    {
        var start = U32(SymbolAt(index));
        var shared = Enumerable.Range(0, SymbolCount).Any(i => i != index && U32(SymbolAt(i)) >= start && U32(SymbolAt(i)) <= start + from.Length);
        if (shared || to.Length > from.Length)
            throw new InvalidDataException("the name " + from + " cannot be overwritten.");

        var bytes = Encoding.ASCII.GetBytes(to.PadRight(from.Length, '\0'));
        Array.Copy(bytes, 0, Bytes, _strings.Offset + (int)start, bytes.Length);
    }

    // Elf64_Verneed { u16 version, count; u32 file, aux, next } with a chain of Elf64_Vernaux { u32 hash; u16 flags, other; u32 name, next }.
    private IEnumerable<int> Needs()
    {
        for (var file = _needs.Offset; ; file += (int)U32(file + 12))
        {
            var need = file + (int)U32(file + 8);
            for (var i = U16(file + 2); i > 0; i--)
            {
                yield return need;
                need += (int)U32(need + 12);
            }

            if (U32(file + 12) == 0)
                yield break;
        }
    }

    private List<int> UsersOf(ushort version) =>
        Enumerable.Range(0, SymbolCount).Where(i => (U16(_versions.Offset + 2 * i) & 0x7FFF) == version).ToList();

    private int SymbolCount => _symbols.Size / SymbolSize;

    private int SymbolAt(int index) => _symbols.Offset + SymbolSize * index;

    private List<Section> Sections()
    {
        var table = (int)U64(0x28);
        var size = U16(0x3A);
        var count = U16(0x3C);
        var names = SectionAt(table + size * U16(0x3E), 0).Offset;
        return Enumerable.Range(0, count).Select(i => SectionAt(table + size * i, names)).ToList();
    }

    private Section SectionAt(int header, int names)
    {
        var offset = (int)U64(header + 0x18);
        return new Section { Name = names == 0 ? "" : StringAt(names + (int)U32(header)), Offset = offset, Size = (int)U64(header + 0x20) };
    }

    private static Section Find(List<Section> sections, string name) =>
        sections.FirstOrDefault(s => s.Name == name) ?? throw new InvalidDataException("it has no section " + name + ".");

    private string Text(uint name) => StringAt(_strings.Offset + (int)name);

    private string StringAt(int start) => Encoding.ASCII.GetString(Bytes, start, Array.IndexOf(Bytes, (byte)0, start) - start);

    private ushort U16(int at) => BitConverter.ToUInt16(Bytes, at);

    private uint U32(int at) => BitConverter.ToUInt32(Bytes, at);

    private ulong U64(int at) => BitConverter.ToUInt64(Bytes, at);

    private void Put16(int at, ushort value) => BitConverter.GetBytes(value).CopyTo(Bytes, at);

    private sealed class Section
    {
        internal string Name;
        internal int Offset;
        internal int Size;
    }
}
