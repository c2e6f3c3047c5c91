using Klanten.Functions.Files;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Commands;

/// <summary>The files that the options of a command name. None may be one of the store, or be named twice.</summary>
internal static class CommandFiles
{
    /// <exception cref="FileRefusedException">It can be no file that is read.</exception>
    public static NamedFile ToRead(string option, string value)
    {
        var file = NamedFile.Create(option, value);
        return file.FindFault() is { } fault ? throw new FileRefusedException(fault) : file;
    }

    /// <exception cref="FileRefusedException">It can be no file that is written.</exception>
    public static NamedFile ToWrite(string option, string value)
    {
        var file = ToRead(option, value);
        return file.FindFaultOfFolder(makesFolders: false) is { } fault ? throw new FileRefusedException(fault) : file;
    }

    /// <exception cref="FileRefusedException">Two of them would use one file, or one of them a file of the store.</exception>
    public static void RefuseShared(IServiceProvider services, params ReadOnlySpan<NamedFile> files)
    {
        List<NamedFile> all = [.. files];
        if (services.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag == Opslag.Sqlite)
        {
            all.Add(services.GetRequiredService<IOptions<SqliteOptions>>().Value.FindFiles());
        }
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var other in all[(i + 1)..])
            {
                if (all[i].FindConflict(other) is { } conflict)
                {
                    throw new FileRefusedException(conflict);
                }
            }
        }
    }
}
