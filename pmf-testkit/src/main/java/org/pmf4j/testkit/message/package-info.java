/**
 * What a message to a user may say. The rules stand in {@link
 * org.pmf4j.testkit.message.MessageRules}; {@link org.pmf4j.testkit.message.MessageListener} reads
 * every message that a module's tests provoke, and fails them on one that breaks a rule.
 */
package org.pmf4j.testkit.message;
