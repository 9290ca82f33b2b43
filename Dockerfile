# Never run yet: there was no Docker to try it with. It holds what ./release has built for linux-x64:
#   ./release --native out && docker build -t sealane --build-context release=out .
#   docker run --rm -v "$PWD:/work" sealane check sydney.yaml
FROM debian:trixie-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates libssl3t64 && rm -rf /var/lib/apt/lists/*
COPY --from=release sealane-linux-x64 /usr/local/bin/sealane
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["sealane"]
