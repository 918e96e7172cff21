package org.pmf4j.hub.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pmf4j.hub.HubCache;
import org.pmf4j.hub.HubEnvironment;
import org.pmf4j.hub.HubModel;
import org.pmf4j.hub.server.TestHub;

/**
 * Who fetches in these tests.
 *
 * @param folder of the cache
 * @param variables of the environment
 * @param notes what it was told of waiting
 */
record Client(Path folder, Map<String, String> variables, List<String> notes) {
  /** Waits that are over soon. */
  static final Backoff SOON =
      new Backoff(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(2));

  static Client of(TestHub hub, Path folder) {
    return new Client(
        folder,
        Map.of("HF_ENDPOINT", hub.endpoint(), "HF_HUB_CACHE", folder.toString()),
        new ArrayList<>());
  }

  Client with(String name, String value) {
    Map<String, String> more = new HashMap<>(variables);
    more.put(name, value);
    return new Client(folder, more, notes);
  }

  HubEnvironment environment() {
    return new HubEnvironment(variables, folder.resolve("home"));
  }

  HubCache cache() {
    return environment().cache();
  }

  Fetched fetch(String model) {
    return fetch(
        model,
        new FetchListener() {
          @Override
          public Transfer begin(String file, long total, long done) {
            return Transfer.SILENT;
          }

          @Override
          public void waiting(String why) {
            notes.add(why);
          }
        });
  }

  Fetched fetch(String model, FetchListener listener) {
    return new HubFetcher(environment(), SOON).fetch(HubModel.parse(model), listener);
  }

  /**
   * All files of the cache but locks: of links where they lead, of others a word for their size.
   */
  Map<String, String> layout() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith(".locks")) {
          all.put(name, content(file));
        }
      }
    }
    return all;
  }

  private static String content(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "-> " + Files.readSymbolicLink(file);
    }
    return file.toString().contains("/refs/")
        ? Files.readString(file)
        : Files.size(file) + " bytes";
  }
}
