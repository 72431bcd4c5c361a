import ArgumentParser

/// `apus models`: the store of models.
struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep versions of models in a folder that notebooks, trainers and servers share.",
        discussion: """
            A store holds a folder for each model, with model.pkl, which servers read, and its versions v1, v2 and so \
            on. Every change is atomic: servers see the model before it or after it, and a command that is killed \
            leaves one of the two. Models come from elsewhere, and go there, by URI: s3://bucket/prefix, \
            https://host/model.pkl, models:/name/3, models:/name@alias, runs:/id/path. The store is --store, else \
            $APUS_STORE, else /mnt/models if there is one, else ./models.

              apus models save anomaly-detector model.pkl
              apus models list
              apus models rollback anomaly-detector
            """,
        subcommands: [
            List.self, Show.self, Save.self, Load.self, Validate.self, Migrate.self, Promote.self, Rollback.self,
            Canary.self, Shadow.self, Push.self, Delete.self, StorageURI.self,
        ]
    )
}
