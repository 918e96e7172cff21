package org.pmf4j.hub.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A model of the hub of the tests: its commits, and who may read them. Safe for several threads.
 */
public final class HubRepo {
  /** Who may read a model. */
  public enum Access {
    /** Everybody. */
    OPEN,
    /** Those with the token; to others it does not exist. */
    PRIVATE,
    /** Those with the token who have accepted the terms; nobody has. */
    GATED
  }

  private final String id;
  private final Map<String, String> revisions = new ConcurrentHashMap<>();
  private final Map<String, Map<String, HubFile>> commits = new ConcurrentHashMap<>();
  private volatile Access access = Access.OPEN;

  HubRepo(String id) {
    this.id = id;
  }

  /** Adds a commit, and lets a branch or tag be it. */
  public HubRepo commit(String revision, String commit, Map<String, HubFile> files) {
    commits.put(commit, new LinkedHashMap<>(files));
    revisions.put(revision, commit);
    return this;
  }

  /** Adds a commit of the files of a folder. */
  public HubRepo commit(String revision, String commit, Path folder) throws IOException {
    Map<String, HubFile> files = new LinkedHashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        boolean large = name.endsWith(".safetensors");
        files.put(name, new HubFile(Files.readAllBytes(file), large));
      }
    }
    return commit(revision, commit, files);
  }

  /** Chooses who may read it. */
  public HubRepo access(Access chosen) {
    access = chosen;
    return this;
  }

  String id() {
    return id;
  }

  Access access() {
    return access;
  }

  Optional<String> commitOf(String revision) {
    return commits.containsKey(revision)
        ? Optional.of(revision)
        : Optional.ofNullable(revisions.get(revision));
  }

  Map<String, HubFile> files(String commit) {
    return commits.get(commit);
  }

  Optional<HubFile> byHash(String sha256) {
    return commits.values().stream()
        .flatMap(files -> files.values().stream())
        .filter(f -> f.large() && f.sha256().equals(sha256))
        .findFirst();
  }
}
