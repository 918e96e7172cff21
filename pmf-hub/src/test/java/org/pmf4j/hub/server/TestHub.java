package org.pmf4j.hub.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hub of the tests, with what the real one does: small files behind a relative redirect, large
 * ones behind one to a CDN of another origin, names of errors in headers, moved models. All
 * requests are kept. Safe for several threads.
 */
public final class TestHub implements AutoCloseable {
  /** The one token that it knows. */
  public static final String TOKEN = "hf_testTokenOfNobody";

  /** A hash as Xet storage has it, which is none of the file's. */
  public static final String XET_HASH = "ab".repeat(32);

  private static final Pattern LIST = Pattern.compile("/api/models/(.+)/revision/([^/]+)");
  private static final Pattern TREE = Pattern.compile("/api/models/(.+)/tree/([^/]+)");
  private static final Pattern FILE = Pattern.compile("/([^/]+(?:/[^/]+)?)/resolve/([^/]+)/(.+)");
  private static final Pattern STORED =
      Pattern.compile("/api/resolve-cache/models/(.+)/([0-9a-f]{40})/(.+)");

  private final HttpServer hub;
  private final HttpServer cdn;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HubRepo> repos = new ConcurrentHashMap<>();
  private final Map<String, String> moved = new ConcurrentHashMap<>();
  private final List<HubRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<Planned> faults = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean weakEtags;

  private TestHub(HttpServer hub, HttpServer cdn) {
    this.hub = hub;
    this.cdn = cdn;
  }

  /** Starts both servers. */
  public static TestHub start() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    TestHub all =
        new TestHub(
            HttpServer.create(new InetSocketAddress(here, 0), 0),
            HttpServer.create(new InetSocketAddress(here, 0), 0));
    all.serve("hub", all.hub, all::hub);
    all.serve("cdn", all.cdn, all::cdn);
    return all;
  }

  private void serve(String name, HttpServer server, Fault handler) {
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          HubRequest request = HubRequest.of(name, exchange);
          requests.add(request);
          try {
            planned(request).orElse(handler).answer(exchange);
          } finally {
            exchange.close();
          }
        });
    server.start();
  }

  /** The hub's address, by another name of this machine than the CDN has. */
  public String endpoint() {
    return "http://localhost:" + hub.getAddress().getPort();
  }

  /** The CDN's address. */
  public String cdnEndpoint() {
    return "http://127.0.0.1:" + cdn.getAddress().getPort();
  }

  /** A model, made when it is first named. */
  public HubRepo repo(String id) {
    return repos.computeIfAbsent(id, HubRepo::new);
  }

  /** Lets a name lead to another. */
  public void move(String from, String to) {
    moved.put(from, to);
  }

  /** Sends ETags as {@code W/"abc"} from now on. */
  public void sendWeakEtags() {
    weakEtags = true;
  }

  /** Does something else for the next requests of a kind. */
  public void fail(int times, Predicate<HubRequest> kind, Fault fault) {
    faults.add(new Planned(kind, fault, new int[] {times}));
  }

  /** All requests so far, in order. */
  public List<HubRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Forgets the requests so far. */
  public void forget() {
    requests.clear();
  }

  private Optional<Fault> planned(HubRequest request) {
    synchronized (faults) {
      for (Planned p : faults) {
        if (p.left()[0] > 0 && p.kind().test(request)) {
          p.left()[0]--;
          return Optional.of(p.fault());
        }
      }
      return Optional.empty();
    }
  }

  private record Planned(Predicate<HubRequest> kind, Fault fault, int[] left) {}

  private void hub(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Matcher stored = STORED.matcher(path);
    Matcher list = LIST.matcher(path);
    Matcher tree = TREE.matcher(path);
    Matcher file = FILE.matcher(path);
    if (stored.matches()) {
      HubFile found = repo(stored.group(1)).files(stored.group(2)).get(decoded(stored.group(3)));
      exchange.getResponseHeaders().set("X-Repo-Commit", stored.group(2));
      exchange.getResponseHeaders().set("ETag", quoted(found.etag()));
      send(exchange, found.content());
    } else if (list.matches()) {
      list(exchange, list.group(1), decoded(list.group(2)));
    } else if (tree.matches()) {
      tree(exchange, tree.group(1), decoded(tree.group(2)));
    } else if (file.matches()) {
      resolve(exchange, file.group(1), decoded(file.group(2)), decoded(file.group(3)));
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }

  /** Answers what cannot be read; else the model. */
  private Optional<HubRepo> readable(HttpExchange exchange, String id) throws IOException {
    if (moved.containsKey(id)) {
      String path = exchange.getRequestURI().toString().replace(id, moved.get(id));
      exchange.getResponseHeaders().set("Location", path);
      exchange.sendResponseHeaders(307, -1);
      return Optional.empty();
    }
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    boolean known = ("Bearer " + TOKEN).equals(sent);
    if (sent != null && !known) {
      exchange
          .getResponseHeaders()
          .set("X-Error-Message", "Invalid credentials in Authorization header");
      exchange.sendResponseHeaders(401, -1);
      return Optional.empty();
    }
    HubRepo repo = repos.get(id);
    if (repo == null || repo.access() == HubRepo.Access.PRIVATE && !known) {
      return refused(exchange, 401, "RepoNotFound");
    }
    if (repo.access() == HubRepo.Access.GATED) {
      return refused(exchange, known ? 403 : 401, "GatedRepo");
    }
    return Optional.of(repo);
  }

  private static Optional<HubRepo> refused(HttpExchange exchange, int status, String code)
      throws IOException {
    exchange.getResponseHeaders().set("X-Error-Code", code);
    exchange.getResponseHeaders().set("X-Error-Message", "As " + code + " says");
    exchange.sendResponseHeaders(status, -1);
    return Optional.empty();
  }

  private void list(HttpExchange exchange, String id, String revision) throws IOException {
    Optional<HubRepo> repo = readable(exchange, id);
    if (repo.isEmpty()) {
      return;
    }
    Optional<String> commit = repo.get().commitOf(revision);
    if (commit.isEmpty()) {
      refused(exchange, 404, "RevisionNotFound");
      return;
    }
    String siblings =
        repo.get().files(commit.get()).keySet().stream()
            .map(name -> "{\"rfilename\":\"" + name.replace("\\", "\\\\") + "\"}")
            .collect(Collectors.joining(","));
    json(
        exchange,
        "{\"id\":\"%s\",\"sha\":\"%s\",\"private\":false,\"siblings\":[%s]}"
            .replaceFirst("%s", repo.get().id())
            .replaceFirst("%s", commit.get())
            .replaceFirst("%s", Matcher.quoteReplacement(siblings)));
  }

  private void tree(HttpExchange exchange, String id, String commit) throws IOException {
    Optional<HubRepo> repo = readable(exchange, id);
    if (repo.isPresent()) {
      json(
          exchange,
          repo.get().files(commit).entrySet().stream()
              .map(e -> entry(e.getKey(), e.getValue()))
              .collect(Collectors.joining(",", "[", "]")));
    }
  }

  private static String entry(String name, HubFile file) {
    String lfs =
        ",\"lfs\":{\"oid\":\""
            + file.sha256()
            + "\",\"size\":"
            + file.content().length
            + ",\"pointerSize\":134}";
    return "{\"type\":\"file\",\"oid\":\""
        + file.oid()
        + "\",\"size\":"
        + file.content().length
        + (file.large() ? lfs : "")
        + ",\"path\":\""
        + name
        + "\"}";
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    send(exchange, text.getBytes(StandardCharsets.UTF_8));
  }

  private void resolve(HttpExchange exchange, String id, String revision, String name)
      throws IOException {
    Optional<HubRepo> repo = readable(exchange, id);
    if (repo.isEmpty()) {
      return;
    }
    Optional<String> commit = repo.get().commitOf(revision);
    if (commit.isEmpty()) {
      refused(exchange, 404, "RevisionNotFound");
      return;
    }
    exchange.getResponseHeaders().set("X-Repo-Commit", commit.get());
    HubFile file = repo.get().files(commit.get()).get(name);
    if (file == null) {
      refused(exchange, 404, "EntryNotFound");
      return;
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Linked-Etag", quoted(file.etag()));
    headers.put("X-Linked-Size", Integer.toString(file.content().length));
    if (file.large()) {
      headers.put("X-Xet-Hash", XET_HASH);
      headers.put(
          "Location",
          cdnEndpoint() + "/repos/" + file.sha256() + "?X-Amz-Expires=3600&Signature=a%2Bb");
    } else {
      headers.put(
          "Location",
          "/api/resolve-cache/models/"
              + id
              + "/"
              + commit.get()
              + "/"
              + name
              + "?etag=%22"
              + file.etag()
              + "%22");
    }
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(file.large() ? 302 : 307, -1);
  }

  private String quoted(String etag) {
    return (weakEtags ? "W/" : "") + '"' + etag + '"';
  }

  private void cdn(HttpExchange exchange) throws IOException {
    String hash = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
    Optional<HubFile> file =
        repos.values().stream().flatMap(r -> r.byHash(hash).stream()).findFirst();
    // As signed addresses are: with a second signature beside theirs they are refused
    boolean signedTwice = exchange.getRequestHeaders().containsKey("Authorization");
    if (file.isEmpty() || signedTwice) {
      exchange.sendResponseHeaders(signedTwice ? 400 : 404, -1);
      return;
    }
    exchange.getResponseHeaders().set("ETag", '"' + "cd".repeat(32) + '"');
    send(exchange, file.get().content());
  }

  private static void send(HttpExchange exchange, byte[] content) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    if (range != null && from >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (range != null) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    int length = content.length - from;
    exchange.sendResponseHeaders(range == null ? 200 : 206, length == 0 ? -1 : length);
    exchange.getResponseBody().write(content, from, length);
  }

  @Override
  public void close() {
    hub.stop(0);
    cdn.stop(0);
    threads.shutdownNow();
  }
}
