namespace Klanten.Core.Model;

/// <summary>What was done to a klant; <c>destroy</c> leaves no entry, since the whole trail goes with the klant.</summary>
public enum Actie
{
    Create,
    Update,
    PartialUpdate,
    Destroy,
}

/// <summary>Names of an <see cref="Actie"/> in the standard.</summary>
public static class ActieNames
{
    public static string Code(this Actie actie) => actie switch
    {
        Actie.Create => "create",
        Actie.Update => "update",
        Actie.PartialUpdate => "partial_update",
        _ => "destroy",
    };

    public static string Weergave(this Actie actie) => actie switch
    {
        Actie.Create => "Object aangemaakt",
        Actie.Update => "Object bijgewerkt",
        Actie.PartialUpdate => "Object deels bijgewerkt",
        _ => "Object verwijderd",
    };
}

/// <summary>One entry of a klant's audit trail (schema AuditTrail).</summary>
/// <remarks>
/// URLs are not part of it: like a klant's own url they are made when the entry is read, for the address it is read at.
/// </remarks>
public sealed record AuditEntry
{
    public required Guid Uuid { get; init; }
    public required AuditContext AuditContext { get; init; }
    public required Actie Actie { get; init; }

    /// <summary>"bronorganisatie - klantnummer" as it was before the action.</summary>
    public required string ResourceWeergave { get; init; }

    /// <summary>Moment of the action, in UTC, precise to the microsecond.</summary>
    public required DateTimeOffset Aanmaakdatum { get; init; }

    /// <summary>The representation before, without url; empty on create.</summary>
    public ReadOnlyMemory<byte> Oud { get; init; }

    /// <summary>The representation after, without url.</summary>
    public required ReadOnlyMemory<byte> Nieuw { get; init; }

    /// <summary>Status of the answer that the action led to.</summary>
    public int Resultaat => Actie == Actie.Create ? 201 : 200;
}
