package org.pmf4j.cli.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.serve.jetty.Tls;
import picocli.CommandLine.Option;

/** Where it is listened, and who may ask. For one thread at a time. */
public final class DoorOptions {
  private static final int LONGEST_SECRET = 4_096;
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "address of this machine to listen at, 0.0.0.0 for all (default: ${DEFAULT-VALUE}); any but"
              + " the loopback needs --token-file or --without-token")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port to listen at, 0 for any that is free (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file whose first line whoever asks must send as a bearer token")
  private Path tokenFile;

  @Option(
      names = "--without-token",
      description = "let everybody ask, also on another host than the loopback")
  private boolean withoutToken;

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description = "certificate and key for TLS, in PKCS#12 or JKS")
  private Path keystore;

  @Option(
      names = "--keystore-password-file",
      paramLabel = "FILE",
      description = "file whose first line is the password of --keystore")
  private Path passwordFile;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description = "folder whose files requests may name by their path (default: none)")
  private Path files;

  String host() {
    return host;
  }

  int port() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw PmfException.usage("--port is a number from 0 to 65535, not " + port);
    }
    return port;
  }

  boolean withoutToken() {
    return withoutToken;
  }

  Optional<String> token() {
    return Optional.ofNullable(tokenFile).map(DoorOptions::firstLine);
  }

  Optional<Tls> tls() {
    if (passwordFile != null && keystore == null) {
      throw PmfException.usage("--keystore-password-file goes with --keystore");
    }
    return Optional.ofNullable(keystore)
        .map(k -> new Tls(k, passwordFile == null ? "" : firstLine(passwordFile)));
  }

  Optional<Path> files() {
    if (files != null && !Files.isDirectory(files)) {
      throw PmfException.input("--files " + files + ": there is no such folder");
    }
    return Optional.ofNullable(files);
  }

  private static String firstLine(Path file) {
    return InputFile.text(file, LONGEST_SECRET)
        .lines()
        .findFirst()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .orElseThrow(() -> PmfException.input(file + ": its first line is blank"));
  }
}
