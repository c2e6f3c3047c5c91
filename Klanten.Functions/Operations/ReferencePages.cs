using Klanten.Functions.Http;
using Klanten.Functions.Pages;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>
/// The pages below <c>/ref/</c>, at the addresses of the reference: what each kind of error means (the <c>type</c> of a problem leads
/// there), which scopes there are, and on which kanaal notifications are published.
/// </summary>
public sealed class ReferencePages(PageLibrary pages, PublicAddress address)
{
    [Function("ref_fouten")]
    public Task<IResult> ErrorsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Errors)] HttpRequest request,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, "fouten");

    [Function("ref_fout")]
    public Task<IResult> ErrorAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Error)] HttpRequest request,
        string soort,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, $"fouten/{soort}");

    [Function("ref_kanalen")]
    public Task<IResult> ChannelsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Channels)] HttpRequest request,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, "kanalen");

    [Function("ref_scopes")]
    public Task<IResult> ScopesAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Scopes)] HttpRequest request,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, "scopes");

    [Function("ref_pagina")]
    public Task<IResult> StylesheetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Stylesheet)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(pages.Stylesheet());

    [Function("ref_pictogram")]
    public Task<IResult> IconAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Icon)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(pages.Icon());

    private Task<IResult> AnswerAsync(HttpRequest request, string page) =>
        Task.FromResult(pages.Find(request, page) ?? new ProblemAnswer(Problem.PageNotFound, address.UrlsOf(request)));
}
