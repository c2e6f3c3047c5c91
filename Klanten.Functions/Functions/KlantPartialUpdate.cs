using Klanten.Core.Model;
using Klanten.Core.Storage;
using Klanten.Core.UseCases;

namespace Klanten.Functions.Functions;

/// <summary>klant_partial_update (PATCH): any of the fields.</summary>
internal sealed class KlantPartialUpdate(IKlantStore store, UpdateKlant useCase)
{
    public Task<IResult> HandleAsync(string uuid, HttpContext http) => KlantUpdate.HandleAsync(store, useCase, uuid, Actie.PartialUpdate, http);
}
