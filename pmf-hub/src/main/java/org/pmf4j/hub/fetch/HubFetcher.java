package org.pmf4j.hub.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.hub.HubCache;
import org.pmf4j.hub.HubEnvironment;
import org.pmf4j.hub.HubModel;
import org.pmf4j.hub.NeededFiles;

/**
 * Fetches models of the hub into its cache: of all their files those that an encoder is read from.
 * Immutable; several threads may use it at once, and other processes the same cache.
 */
public final class HubFetcher {
  private final HubEnvironment environment;
  private final Backoff backoff;

  /** A fetcher for the hub and the cache that the environment names. */
  public HubFetcher(HubEnvironment environment) {
    this(environment, Backoff.USUAL);
  }

  HubFetcher(HubEnvironment environment, Backoff backoff) {
    this.environment = environment;
    this.backoff = backoff;
  }

  /**
   * Sees to it that the cache has all files of a model that an encoder needs. Nothing is asked of
   * the hub for a commit whose files are there, nor under {@code HF_HUB_OFFLINE}. What a branch or
   * tag is today is asked; if the hub cannot be reached, the cache's last answer stands.
   *
   * @throws PmfException in one line: of the kind INPUT for a model, revision or file that is not
   *     to be had, ENVIRONMENT for the network and the disk, STOPPED if the listener or an
   *     interrupt asked for it. What has arrived stays, and the next call goes on with it
   */
  public Fetched fetch(HubModel model, FetchListener listener) {
    HubCache cache = environment.cache();
    Optional<String> known = cache.commit(model).filter(c -> isWhole(cache, model, c));
    if (known.isPresent() && model.isCommit()) {
      return inCache(cache, model, known.get(), Optional.empty());
    }
    if (environment.offline()) {
      return known
          .map(c -> inCache(cache, model, c, Optional.of("HF_HUB_OFFLINE is set")))
          .orElseThrow(
              () ->
                  PmfException.usage(
                      model
                          + ": is not whole in the cache "
                          + cache.root()
                          + ", and HF_HUB_OFFLINE is set; unset it to fetch"));
    }
    try {
      return new Session(cache, listener).fetch(model);
    } catch (Unreached e) {
      return known
          .map(c -> inCache(cache, model, c, Optional.of(e.line())))
          .orElseThrow(() -> e.told(""));
    }
  }

  private static Fetched inCache(
      HubCache cache, HubModel model, String commit, Optional<String> unasked) {
    return new Fetched(model, commit, cache.directory(model, commit), 0, unasked);
  }

  /** True if nothing of a commit is missing, as far as the cache can know. */
  private static boolean isWhole(HubCache cache, HubModel model, String commit) {
    Path folder = cache.directory(model, commit);
    return NeededFiles.missing(folder).isEmpty()
        && NeededFiles.optional().stream()
            .allMatch(
                name ->
                    Files.isRegularFile(folder.resolve(name))
                        || cache.isKnownAbsent(model.repo(), commit, model.file(name)));
  }

  /** What fetching one model needs. */
  private final class Session {
    private final HubCache cache;
    private final FetchListener listener;
    private final HubAddresses addresses;
    private final HubClient client;
    private final Refusals refusals;

    Session(HubCache cache, FetchListener listener) {
      URI endpoint = environment.endpoint();
      this.cache = cache;
      this.listener = listener;
      this.addresses = new HubAddresses(endpoint);
      this.client =
          new HubClient(
              http(),
              Origin.of(endpoint),
              environment.token(),
              new Waits(listener::stopRequested),
              backoff,
              listener::waiting);
      this.refusals = new Refusals(endpoint, client.hasToken());
    }

    private HttpClient http() {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(environment.answerTimeout());
      EnvironmentProxies.of(environment).addTo(builder);
      return builder.build();
    }

    /** Throws {@link Unreached} only while nothing is known of the model but its name. */
    Fetched fetch(HubModel asked) throws Unreached {
      Listing listing = list(asked);
      HubModel model = asked.at(listing.commit());
      SnapshotFolder folder = new SnapshotFolder(cache, model, !environment.withoutLinks());
      AtomicFile.createFolders(cache.root());
      Path directory = cache.directory(asked, listing.commit());
      long bytes = fetch(folder, named(asked, NeededFiles.of(asked, listing.files())));
      bytes += fetch(folder, named(asked, NeededFiles.modules(asked, directory, listing.files())));
      List<String> shards = named(asked, NeededFiles.shards(directory));
      requireListed(asked, listing, shards);
      bytes += fetch(folder, shards);
      named(asked, NeededFiles.optional()).stream()
          .filter(name -> !listing.files().contains(name))
          .forEach(folder::rememberAbsence);
      // Last: until then the revision is what it was, whole
      folder.rememberCommit(asked);
      return new Fetched(asked, listing.commit(), directory, bytes, Optional.empty());
    }

    /** As the hub names them. */
    private static List<String> named(HubModel model, List<String> files) {
      return files.stream().map(model::file).toList();
    }

    private Listing list(HubModel model) throws Unreached {
      try (Answer answer =
          client.get(addresses.list(model), Map.of(), environment.downloadTimeout())) {
        refusals.check(model, "", answer);
        String host = answer.address().getHost();
        if (answer.isWebPage()) {
          throw PmfException.environment(
              host
                  + ": answers with a web page where the hub has a list; is this machine logged in"
                  + " to its network, and HF_ENDPOINT right?",
              null);
        }
        String json = answer.text(client.waits(), environment.downloadTimeout());
        return Listing.parse(model, host, json);
      }
    }

    private void requireListed(HubModel model, Listing listing, List<String> shards) {
      shards.stream()
          .filter(name -> !listing.files().contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw PmfException.input(
                    model
                        + ": the index of its weights names "
                        + name
                        + ", which it does not have");
              });
    }

    private long fetch(SnapshotFolder folder, List<String> names) {
      BlobDownload download =
          new BlobDownload(client, refusals, folder, environment.downloadTimeout(), listener);
      long bytes = 0;
      for (String name : names) {
        if (!folder.has(name)) {
          bytes += fetch(folder, download, name);
        }
      }
      return bytes;
    }

    private long fetch(SnapshotFolder folder, BlobDownload download, String name) {
      RemoteFile file = look(folder.model(), name);
      Path blob = folder.blob(file.etag());
      BlobLock lock = BlobLock.take(folder.lock(file.etag()), listener, client.waits());
      try {
        if (folder.has(name)) {
          return 0; // another process was first
        }
        boolean fresh = !hasContent(blob, file);
        long bytes = fresh ? download.fetch(file, addresses.file(folder.model(), name)) : 0;
        folder.put(name, blob, fresh);
        return bytes;
      } finally {
        lock.close();
      }
    }

    private boolean hasContent(Path blob, RemoteFile file) {
      return Files.isRegularFile(blob)
          && (file.size().isEmpty() || file.size().getAsLong() == blob.toFile().length());
    }

    private RemoteFile look(HubModel model, String name) {
      try (Answer answer = client.head(addresses.file(model, name), environment.answerTimeout())) {
        refusals.check(model, name, answer);
        return RemoteFile.of(model, name, answer);
      } catch (Unreached e) {
        throw e.told("; the same command goes on where it was");
      }
    }
  }
}
