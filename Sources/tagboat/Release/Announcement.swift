import Git
import Logging
import Registry
import Release

/// The last stage of a release: those who wait for it are told.
struct Announcement {
    let context: CommandContext
    /// What became of the run, as JSON.
    let document: String
    let variables: HookVariables

    /// A webhook, and what became of telling it.
    struct Delivery {
        let host: String
        let failure: (any Error)?
    }

    /// Tells all webhooks, and then runs the commands of `hooks.after-release`.
    ///
    /// One that fails keeps none of the others from being told.
    ///
    /// - Returns: what became of each webhook, and what failed of the commands.
    /// - Throws: `ConfigurationError` where the secret cannot be read; nothing was told then.
    func run() async throws -> (deliveries: [Delivery], failure: (any Error)?) {
        let settings = context.configuration.notification
        let delivery = WebhookDelivery(
            event: "release",
            body: Array(document.utf8),
            secret: try settings.sharedSecret()
        )
        let sender = WebhookSender(settings: try context.connectionSettings(), logger: context.logger)
        var deliveries: [Delivery] = []
        for webhook in settings.webhooks {
            do {
                try await sender.send(delivery, to: webhook)
                deliveries.append(Delivery(host: webhook.host, failure: nil))
            } catch {
                deliveries.append(Delivery(host: webhook.host, failure: error))
            }
        }
        await sender.close()
        let failure = deliveries.lazy.compactMap(\.failure).first
        do {
            let git = try await context.repository()
            try await context.hooks(in: git).run(.afterRelease, plan: Array(document.utf8), variables: variables)
        } catch {
            return (deliveries, failure ?? error)
        }
        return (deliveries, failure)
    }
}
