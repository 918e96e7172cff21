package org.pmf4j.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.FileErrors;

/**
 * What the variables of the environment say of the hub, by the names and with the meanings of
 * Python's huggingface_hub (its {@code constants.py}). Each is looked at when it is asked for, so
 * that a wrong one troubles nobody who does not need it. Immutable, so that any number of threads
 * may share it.
 *
 * @param variables of the environment
 * @param home the user's folder
 */
public record HubEnvironment(Map<String, String> variables, Path home) {
  private static final String PUBLIC_HUB = "https://huggingface.co";
  private static final int USUAL_TIMEOUT = 10;
  private static final int LONGEST_TIMEOUT = 86_400;
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  /** Takes over an immutable copy. */
  public HubEnvironment {
    variables = Map.copyOf(variables);
  }

  /** The environment of this process. */
  public static HubEnvironment ofProcess() {
    return new HubEnvironment(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * The cache: {@code HF_HUB_CACHE} (formerly {@code HUGGINGFACE_HUB_CACHE}), or the folder {@code
   * hub} in {@code HF_HOME}, which is {@code huggingface} in {@code XDG_CACHE_HOME} or {@code
   * ~/.cache}.
   *
   * @throws PmfException if a variable is no path
   */
  public HubCache cache() {
    return new HubCache(
        path("HF_HUB_CACHE")
            .or(() -> path("HUGGINGFACE_HUB_CACHE"))
            .orElseGet(() -> folder().resolve("hub")));
  }

  private Path folder() {
    return path("HF_HOME")
        .orElseGet(
            () ->
                path("XDG_CACHE_HOME")
                    .orElseGet(() -> home.resolve(".cache"))
                    .resolve("huggingface"));
  }

  /**
   * Where the hub is: {@code HF_ENDPOINT}, else the public one.
   *
   * @return an address without a slash at its end
   * @throws PmfException if it is no address of the web
   */
  public URI endpoint() {
    String told = value("HF_ENDPOINT").orElse(PUBLIC_HUB).replaceFirst("/+$", "");
    try {
      URI address = new URI(told);
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      if (web && address.getHost() != null && address.getQuery() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw noAddress(told);
    }
    throw noAddress(told);
  }

  private static PmfException noAddress(String told) {
    return PmfException.usage(
        "HF_ENDPOINT is " + Quote.value(told) + ", which is no address such as " + PUBLIC_HUB);
  }

  /**
   * The token: {@code HF_TOKEN} (formerly {@code HUGGING_FACE_HUB_TOKEN}), or what the file {@code
   * HF_TOKEN_PATH} holds, which is {@code token} in {@code HF_HOME}; none under {@code
   * HF_HUB_DISABLE_IMPLICIT_TOKEN}.
   *
   * @throws PmfException if it has characters that no token has, or its file cannot be read; the
   *     message has nothing of the token
   */
  public Optional<String> token() {
    if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      return Optional.empty();
    }
    Optional<String> token =
        value("HF_TOKEN").or(() -> value("HUGGING_FACE_HUB_TOKEN")).or(this::saved);
    if (token.isPresent() && !token.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw PmfException.usage(
          "the token of the hub (HF_TOKEN, or the file "
              + tokenFile()
              + ") has characters that"
              + " no token has; copy it again");
    }
    return token;
  }

  private Optional<String> saved() {
    Path file = tokenFile();
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip()).filter(t -> !t.isEmpty());
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private Path tokenFile() {
    return path("HF_TOKEN_PATH").orElseGet(() -> folder().resolve("token"));
  }

  /** True if nothing may be asked of the hub: {@code HF_HUB_OFFLINE} or its older name. */
  public boolean offline() {
    return value("HF_HUB_OFFLINE").isPresent()
        ? isTrue("HF_HUB_OFFLINE")
        : isTrue("TRANSFORMERS_OFFLINE");
  }

  /** True if the cache shall have copies in place of links: {@code HF_HUB_DISABLE_SYMLINKS}. */
  public boolean withoutLinks() {
    return isTrue("HF_HUB_DISABLE_SYMLINKS");
  }

  /**
   * How long an answer about a file may take: {@code HF_HUB_ETAG_TIMEOUT}, in seconds, else 10.
   *
   * @throws PmfException if it is no number of seconds
   */
  public Duration answerTimeout() {
    return seconds("HF_HUB_ETAG_TIMEOUT");
  }

  /**
   * How long a download may stand still: {@code HF_HUB_DOWNLOAD_TIMEOUT}, in seconds, else 10.
   *
   * @throws PmfException if it is no number of seconds
   */
  public Duration downloadTimeout() {
    return seconds("HF_HUB_DOWNLOAD_TIMEOUT");
  }

  /** The value of a variable, without spaces around it, if there is something in it. */
  public Optional<String> value(String name) {
    String told = variables.get(name);
    return Optional.ofNullable(told).map(String::strip).filter(v -> !v.isEmpty());
  }

  private boolean isTrue(String name) {
    return value(name).map(v -> TRUE.contains(v.toUpperCase(Locale.ROOT))).orElse(false);
  }

  private Duration seconds(String name) {
    String told = value(name).orElse(Integer.toString(USUAL_TIMEOUT));
    try {
      int seconds = Integer.parseInt(told);
      if (seconds > 0 && seconds <= LONGEST_TIMEOUT) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      throw noSeconds(name, told);
    }
    throw noSeconds(name, told);
  }

  private static PmfException noSeconds(String name, String told) {
    return PmfException.usage(
        name + " is " + Quote.value(told) + ", not a whole number of seconds, 1 or more");
  }

  private Optional<Path> path(String name) {
    return value(name)
        .map(
            told -> {
              try {
                boolean ofHome = told.equals("~") || told.startsWith("~/");
                return ofHome
                    ? home.resolve(told.substring(Math.min(2, told.length())))
                    : Path.of(told);
              } catch (InvalidPathException e) {
                throw PmfException.usage(name + " is " + Quote.value(told) + ", which is no path");
              }
            });
  }

  /** Without values: one of them is a secret. */
  @Override
  public String toString() {
    return "the environment of the hub";
  }
}
