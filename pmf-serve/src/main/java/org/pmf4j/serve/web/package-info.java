/**
 * Requests and replies, whatever carries them: a {@link org.pmf4j.serve.web.Route} names what is
 * asked, a {@link org.pmf4j.serve.web.Call} is one request, read whole, and a {@link
 * org.pmf4j.serve.web.Reply} what is answered. What goes wrong becomes a {@link
 * org.pmf4j.serve.web.Problem}, as RFC 9457 has it.
 */
package org.pmf4j.serve.web;
