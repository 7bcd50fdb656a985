import axios from "axios";
import nodemailer from "nodemailer";
import sgMail from "@sendgrid/mail";
import { WebClient } from "@slack/web-api";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import twilio from "twilio";

const transporter = nodemailer.createTransport({ host: "mail.example" });
const slack = new WebClient(process.env.SLACK_TOKEN);
const sms = twilio(process.env.SID, process.env.TOKEN);

export async function receipt(customer: any, cardNumber: string, card: any, order: any, mailer: any) {
  const text = `Your card ${cardNumber} was charged.`;
  // ruleid: pan_in_message.javascript.mail
  await transporter.sendMail({ to: customer.email, subject: "Receipt", text });
  // ruleid: pan_in_message.javascript.mail
  await transporter.sendMail({ to: customer.email, html: "<b>" + card.number + "</b>" });
  // ruleid: pan_in_message.javascript.mail
  await sgMail.send({ to: customer.email, templateId: "d-1", dynamicTemplateData: { cardNumber } });
  // ruleid: pan_in_message.javascript.mail
  await resend.emails.send({ to: customer.email, text: `card ${order.payment?.cardNumber}` });
  // ruleid: pan_in_message.javascript.mail
  await ses.send(new SendEmailCommand({ Message: { Body: { Text: { Data: cardNumber } } } }));
  // ok: pan_in_message.javascript.mail
  await transporter.sendMail({ to: customer.email, text: `Your card ending in ${cardNumber.slice(-4)}` });
  // ok: pan_in_message.javascript.mail
  await sgMail.send({ to: customer.email, dynamicTemplateData: { last4: card.last4, cardNumber: mask(cardNumber) } });
  // ok: pan_in_message.javascript.mail
  await mailer.send("receipt", { brand: card.brand, trackingNumber: order.trackingNumber });
  // ok: pan_in_message.javascript.mail
  await acquirer.send({ cardNumber });
}

export async function alert(cardNumber: string, card: any, order: any, channel: any, sns: SNSClient) {
  // ruleid: pan_in_message.javascript.chat
  await slack.chat.postMessage({ channel: "#payments", text: `declined: ${cardNumber}` });
  // ruleid: pan_in_message.javascript.chat
  await sms.messages.create({ to: order.phone, from: "shop", body: "Card " + card.number + " was charged" });
  // ruleid: pan_in_message.javascript.chat
  await sns.send(new PublishCommand({ PhoneNumber: order.phone, Message: `card ${cardNumber}` }));
  // ruleid: pan_in_message.javascript.chat
  await axios.post(process.env.SLACK_WEBHOOK_URL!, { text: `card ${cardNumber}` });
  // ruleid: pan_in_message.javascript.chat
  await fetch("https://hooks.slack.com/services/x", { method: "POST", body: JSON.stringify({ text: cardNumber }) });
  // ruleid: pan_in_message.javascript.chat
  await discordChannel.send(`card ${order.cardNumber}`);
  // ruleid: pan_in_message.javascript.chat
  bot.sendMessage(order.chat, `card ${cardNumber}`);
  // ok: pan_in_message.javascript.chat
  await slack.chat.postMessage({ channel: "#payments", text: `declined: **** ${cardNumber.slice(-4)}` });
  // ok: pan_in_message.javascript.chat
  await sms.messages.create({ to: order.phone, body: `Card ${lastFour(cardNumber)} was charged` });
  // ok: pan_in_message.javascript.chat
  await axios.post("https://api.acquirer.example/charges", { cardNumber });
  // ok: pan_in_message.javascript.chat
  await axios.post(process.env.SLACK_WEBHOOK_URL!, { text: `order ${order.id} declined` });
  // ok: pan_in_message.javascript.chat
  await slack.chat.postMessage({ channel: "#map", text: `pan ${view.pan}` });
  // ok: pan_in_message.javascript.chat
  await slack.chat.postMessage({ channel: "#cards", text: "the card number is missing" });
}
