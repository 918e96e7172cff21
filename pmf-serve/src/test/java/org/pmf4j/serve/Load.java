package org.pmf4j.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks a server and tells how long it takes. Needs nothing but the JDK: {@code java Load.java URL
 * MODELS TABLE CLIENTS ROUNDS}, with models between commas, each of which is asked about each row
 * {@code image,text,...} of the table, in each round by as many clients at once. A text gets the
 * round's number, so that no cache knows it in the next one.
 */
final class Load {
  private Load() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    List<String> models = List.of(args[1].split(","));
    List<String[]> rows = rows(Path.of(args[2]));
    int clients = Integer.parseInt(args[3]);
    HttpClient client = HttpClient.newHttpClient();
    for (int round = 0; round < Integer.parseInt(args[4]); round++) {
      ask(client, args[0], models, rows, clients, round);
    }
  }

  private static List<String[]> rows(Path table) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(table).subList(1, Files.readAllLines(table).size())) {
      String[] cells = line.split(",");
      byte[] picture = Files.readAllBytes(table.resolveSibling(cells[0]));
      rows.add(new String[] {Base64.getEncoder().encodeToString(picture), cells[1]});
    }
    return rows;
  }

  private static void ask(
      HttpClient client,
      String url,
      List<String> models,
      List<String[]> rows,
      int clients,
      int round)
      throws Exception {
    Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Future<?>> asking = new ArrayList<>();
    long began = System.nanoTime();
    for (int c = 0; c < clients; c++) {
      asking.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement();
                    i < rows.size() * models.size();
                    i = next.getAndIncrement()) {
                  String[] row = rows.get(i / models.size());
                  String body =
                      String.format(
                          Locale.ROOT,
                          "{\"image\":\"%s\",\"text\":\"%s w%d\"}",
                          row[0],
                          row[1],
                          round);
                  long sent = System.nanoTime();
                  HttpResponse<String> reply =
                      client.send(
                          HttpRequest.newBuilder(
                                  URI.create(
                                      url + "models/" + models.get(i % models.size()) + "/predict"))
                              .header("Content-Type", "application/json")
                              .POST(BodyPublishers.ofString(body))
                              .build(),
                          BodyHandlers.ofString());
                  times.add((System.nanoTime() - sent) / 1e6);
                  statuses.merge(reply.statusCode(), 1, Integer::sum);
                }
                return null;
              }));
    }
    for (Future<?> one : asking) {
      one.get();
    }
    threads.shutdown();
    double seconds = (System.nanoTime() - began) / 1e9;
    double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "round %d: %d answers %s in %.2f s, %.2f a second; ms: median %.1f, p99 %.1f, most %.1f%n",
        round,
        sorted.length,
        statuses,
        seconds,
        sorted.length / seconds,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.99)],
        Arrays.stream(sorted).max().orElse(0));
  }
}
