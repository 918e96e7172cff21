package org.pmf4j.hub.fetch;

import java.net.URI;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.hub.HubModel;

/**
 * Says in one line why the hub refuses, by its status and its {@code X-Error-Code}. Has no state of
 * its own: any thread may call it.
 *
 * @param endpoint where the hub is
 * @param token true if a token was sent
 */
record Refusals(URI endpoint, boolean token) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int PROXY = 407;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final String GIVE_TOKEN = "give a token by HF_TOKEN";

  /**
   * Lets an answer pass that is none.
   *
   * @param model that was asked for
   * @param file of it, or an empty text for its list
   * @throws PmfException if it is a refusal
   */
  void check(HubModel model, String file, Answer answer) {
    if (answer.isRefusal()) {
      throw told(model, file, answer);
    }
  }

  private PmfException told(HubModel model, String file, Answer answer) {
    String code = answer.header("X-Error-Code").orElse("");
    String said = answer.header("X-Error-Message").orElse("");
    String host = answer.address().getHost();
    return switch (code) {
      case "GatedRepo" -> gated(model);
      case "RepoNotFound" -> noModel(model);
      case "RevisionNotFound" ->
          PmfException.input(
              model.repo()
                  + ": has no revision "
                  + Quote.value(model.revision())
                  + "; look at its branches and tags on "
                  + page(model));
      case "EntryNotFound" -> PmfException.input(model + ": has no file " + file);
      default ->
          switch (answer.status()) {
            case UNAUTHORIZED -> unauthorized(model, said);
            case FORBIDDEN ->
                PmfException.input(
                    model + ": the hub refuses access" + reason(said) + "; " + mend());
            case NOT_FOUND ->
                PmfException.input(
                    host + ": knows no " + answer.address().getPath() + "; is HF_ENDPOINT right?");
            case PROXY ->
                PmfException.environment(
                    "the proxy wants a name and a password, or others; Java gives them to proxies"
                        + " of https with JAVA_TOOL_OPTIONS=-Djdk.http.auth.tunneling.disabledSchemes=",
                    null);
            case TOO_MANY_REQUESTS -> tooMany(host, answer);
            default ->
                PmfException.environment(
                    String.format(
                        Locale.ROOT,
                        "%s: answers with error %d%s; try again later",
                        host,
                        answer.status(),
                        reason(said)),
                    null);
          };
    };
  }

  private PmfException unauthorized(HubModel model, String said) {
    return said.startsWith("Invalid ")
        ? PmfException.input(
            "the hub does not know the token (HF_TOKEN, or the file token that Python's login has"
                + " left); make a new one on "
                + endpoint
                + "/settings/tokens")
        : noModel(model);
  }

  /** The hub does not tell strangers whether there is one. */
  private PmfException noModel(HubModel model) {
    return PmfException.input(
        model.repo()
            + ": there is no such model on "
            + endpoint
            + ", or it is private"
            + (token ? " and the token may not read it" : "; look at the name, or " + GIVE_TOKEN));
  }

  private PmfException gated(HubModel model) {
    return PmfException.input(
        model.repo()
            + ": its authors grant access: accept the terms on "
            + page(model)
            + (token
                ? " with the account of the token, and see that it may read it"
                : ", then " + GIVE_TOKEN));
  }

  private PmfException tooMany(String host, Answer answer) {
    String wait =
        answer.retryAfter().map(w -> " in " + w.toSeconds() + " seconds").orElse(" later");
    return PmfException.environment(
        host + ": too many requests; try again" + wait + (token ? "" : ", or " + GIVE_TOKEN), null);
  }

  private String mend() {
    return token ? "see that the token may read it" : GIVE_TOKEN;
  }

  private String page(HubModel model) {
    return endpoint + "/" + model.repo();
  }

  private static String reason(String said) {
    return said.isEmpty() ? "" : " (" + Quote.name(said) + ")";
  }
}
