# The program in a container, without Azure Functions: the same folder that is deployed there, on an image with the ASP.NET Core
# runtime and without a shell. Build it with: docker build -t klanten .
# The digest decides which image is used (.NET 10.0.12, SDK 10.0.401). docs/deployment.md shows how to move on to a newer one.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble@sha256:e70cdb7f80b0348f5cb85f19a8f670fca061f033d57eed12fa003d58b0e06317 AS build
WORKDIR /source
COPY . .
ENV CI=true
RUN dotnet publish Klanten.Functions --configuration Release --runtime linux-x64 --output /app --nologo \
    && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled@sha256:48e51f2f6798897be7ac4e775c049ed8fe60d3190f637e1f9c9dc7513efa659c
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080 \
    Klanten__Sqlite__Pad=/data/klanten.db
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=10s --timeout=6s --start-period=5s --retries=3 \
    CMD ["/app/Klanten.Functions", "healthcheck", "--url", "http://127.0.0.1:8080/healthz/ready"]
ENTRYPOINT ["/app/Klanten.Functions"]
