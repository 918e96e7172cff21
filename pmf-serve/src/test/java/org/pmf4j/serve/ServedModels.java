package org.pmf4j.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pmf4j.api.json.Json;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.serve.model.ModelPlaces;

/** Tiny models in a folder, a server over them, and a client of it. */
final class ServedModels implements AutoCloseable {
  /** Two models of other seeds over the same two encoders. */
  static final String A = "a";

  static final String B = "b";

  private final Pmf pmf = Pmf.open();
  private final Path folder;
  private HttpClient client = HttpClient.newHttpClient();
  private PmfServer server;
  private String address;

  /**
   * Trains models.
   *
   * @param folder where they go
   */
  ServedModels(Path folder) {
    this.folder = folder;
    train(A, 1);
    train(B, 2);
  }

  Pmf pmf() {
    return pmf;
  }

  Path folder() {
    return folder;
  }

  PmfServer server() {
    return server;
  }

  /** Trains a model, in place of one of that name. */
  void train(String name, long seed) {
    pmf.train(
        TrainConfig.builder()
            .data(resource("curve/train.csv"))
            .encoder("image", resource("encoders/image-16"))
            .encoder("text", resource("encoders/text-16"))
            .out(folder.resolve(name))
            .existing(TrainConfig.Existing.OVERWRITE)
            .cache(CacheConfig.NONE)
            .probes(false)
            .training(
                TrainSettings.DEFAULT.with("epochs", 1).with("batch-size", 16).with("seed", seed))
            .build());
  }

  /** Starts the server at a free port. */
  void start(UnaryOperator<ServeOptions> change) {
    ServeOptions usual =
        ServeOptions.of(new ModelPlaces(Optional.of(folder), Map.of())).withPort(0);
    server = PmfServer.start(pmf, change.apply(usual));
    address = server.address();
  }

  /**
   * Has what is sent next go by a connection of its own: one that was idle may be closed by the
   * server just as it is used again, for which a client gives no answer.
   */
  void reconnect() {
    client = HttpClient.newHttpClient();
  }

  void stop() {
    server.close();
    server = null;
  }

  /** A file of the test resources. */
  static Path resource(String name) {
    try {
      return Path.of(ServedModels.class.getResource("/parity/pmf/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] picture() {
    try {
      return Files.readAllBytes(resource("curve/images/00.png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /**
   * Posts a form.
   *
   * @param parts the name of each, or name;filename for a file, and its bytes
   */
  HttpResponse<String> form(String path, Map<String, byte[]> parts) {
    String boundary = "boundary-of-a-test";
    var body = new java.io.ByteArrayOutputStream();
    parts.forEach(
        (name, bytes) -> {
          String[] names = name.split(";", 2);
          String file = names.length > 1 ? "; filename=\"" + names[1] + "\"" : "";
          body.writeBytes(
              ("--"
                      + boundary
                      + "\r\nContent-Disposition: form-data; name=\""
                      + names[0]
                      + "\""
                      + file
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
          body.writeBytes(bytes);
          body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  static Map<String, Object> json(HttpResponse<String> reply) {
    return Json.object("the reply", reply.body());
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    pmf.close();
  }
}
